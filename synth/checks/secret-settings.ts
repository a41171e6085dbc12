import { secretByName } from "./secret-names.ts";

/** A name that may be that of a secret; which ones are is said by their own table. */
const name = String.raw`[\w.-]*(?:passw(?:or)?d|passphrase|pass|pwd?|secret|token|credential|key|sk)s?(?:[_-]?\d+)?`;
/** Quoted, in quotes that are escaped, or up to the next separator, with what the shell or a template fills in. */
const value = String.raw`(?:"(?<double>(?:\$\([^)\n]{0,200}\)|[^"\\\n]|\\.){0,2000})"|'(?<single>[^'\n]*)'|\\"(?<escaped>[^"\\\n]*)\\"|(?<bare>(?![{[])(?:\{\{.{0,200}?\}\}|\$\([^)\n]{0,200}\)|[^\s"',;&]){1,600}))`;
const space = String.raw`[^\S\n]*`;

/** Ways in which a text sets a name to a value. */
const settings: readonly RegExp[] = [
  // `password=tulip`, wherever it stands: properties, exports, arguments, queries, connection strings.
  new RegExp(
    String.raw`(?<![\w.$\{-])(?<name>${name})["']?${space}=(?!=)${space}(?:\{(?!\{))?${value}`,
    "gi",
  ),
  // `password: tulip`, on a line of its own, in one line or in a block.
  new RegExp(
    String.raw`^${space}(?:-${space})?(?<name>${name})${space}:(?=["'\s])${space}(?:[|>][+-]?\d?\n\s*)?${value}`,
    "gim",
  ),
  // `"password": "tulip"` and `{password: tulip}`.
  new RegExp(String.raw`["'](?<name>${name})\\?["']\s*:\s*${value}`, "gi"),
  new RegExp(String.raw`[{,]${space}(?<name>${name}):\s+${value}`, "gi"),
  // `name: DB_PASSWORD` and its `value: tulip`.
  new RegExp(
    String.raw`\bname\\?["']?\s*:\s*\\?["']?(?<name>${name})\\?["']?\s*,?\s*\\?["']?value\\?["']?\s*:\s*${value}`,
    "gi",
  ),
];
/** Passes over almost all strings with one look. */
const anySetting = /(?:pass|pwd?|secret|token|credential|key|sk)[^:=]{0,40}[:=]/i;

/** Code that reads a value from elsewhere, an alias of YAML, or a type. */
const expression =
  /^(?:[a-z_][\w.]*(?:[([]$|\(.*\)[;,]?$)|(?:process|os|env|config|self|this|settings|options|args|values|params|request|var|local|data)\.[\w.]+$|[*!]\w+$|`|(?:string|str|bytes|text)$)/i;

/** What is secret in a text that sets names to values. */
export function secretSetting(text: string): string | undefined {
  if (!anySetting.test(text)) return undefined;
  for (const { groups = {} } of settings.flatMap((setting) => [...text.matchAll(setting)])) {
    const { name: called = "", bare = "" } = groups;
    const given = groups["double"] ?? groups["single"] ?? groups["escaped"] ?? bare;
    if (bare !== "" && expression.test(bare)) continue;
    const secret = secretByName(called, given);
    if (secret !== undefined) return text.includes("\n") ? "a line of it sets a secret to a value" : secret;
  }
  return undefined;
}
