import { fields, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { anySecret, isPlaceholder, looksRandom, passwordInUrl, secretPatterns } from "./secret-patterns.ts";
import { judgeStrings } from "./strings.ts";

/** Names under which a value that looks random is one. */
const secretName =
  /(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)$/i;
/** Names under which even a word is one: nothing else is ever called so. */
const passwordName = /(?:password|passwd|passphrase)$/i;
/** A line of a configuration file that sets one of these names. */
const settingLine =
  /^[^\S\n]*["']?[\w.-]*(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)["']?[^\S\n]*[:=][^\S\n]*["']?([^\s"',;]+)/gim;

/** Nothing secret is in git, in whatever field: dist holds references only. */
export const secretMaterial: Check = {
  id: "secret-material",
  *run(input) {
    const fix =
      "take it out of git and replace it where it is used; keep it in the secret store, with secret(…)";
    for (const rendered of input.objects) {
      const { object } = rendered;
      if (object.kind === "Secret" && object.apiVersion === "v1") {
        for (const part of ["data", "stringData"]) {
          const keys = Object.keys(fields(object, part));
          if (keys.length === 0) continue;
          const what = `it is a Secret with values (${keys.join(", ")})`;
          yield objectProblem(secretMaterial.id, input, rendered, what, fix, part);
        }
        continue;
      }
      for (const { path, judged } of judgeStrings(object, materialIn)) {
        yield objectProblem(secretMaterial.id, input, rendered, judged, fix, path);
      }
    }
  },
};

/** What is secret in a string, without repeating it. */
function materialIn(value: string, key: string, parent: object): string | undefined {
  if (value.length < 3) return undefined;
  if (anySecret.test(value)) {
    const known = secretPatterns.find(({ pattern }) => pattern.test(value));
    if (known !== undefined) return `it holds ${known.name}`;
    if (passwordInUrl(value) !== undefined) return "it holds a connection string with its password";
  }
  if (value.includes("\n")) {
    const line = [...value.matchAll(settingLine)].find(([, setting = ""]) => looksRandom(setting));
    return line === undefined ? undefined : "a line of it sets a secret to a value";
  }
  // The value of an environment variable goes by the variable's name.
  const name = key === "value" ? (text(parent, "name") ?? key) : key;
  if (passwordName.test(name) && isPassword(value)) return `it sets ${name} to a value`;
  return secretName.test(name) && looksRandom(value)
    ? `it sets ${name} to a value that looks random`
    : undefined;
}

/** A literal, and neither a path to a mounted file nor something that fills in later. */
function isPassword(value: string): boolean {
  return !isPlaceholder(value) && !value.startsWith("/") && !/\s/.test(value);
}
