import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { fields, text } from "./json-fields.ts";
import { anySecret, isPlaceholder, looksRandom, passwordInUrl, secretPatterns } from "./secret-patterns.ts";
import { eachString } from "./strings.ts";
import type { StringAt } from "./strings.ts";

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
      for (const found of eachString(object)) {
        const what = materialIn(found);
        if (what === undefined) continue;
        yield objectProblem(secretMaterial.id, input, rendered, what, fix, found.path);
      }
    }
  },
};

/** What is secret in a string, without repeating it. */
function materialIn(found: StringAt): string | undefined {
  const { value } = found;
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
  const name = nameOf(found);
  if (passwordName.test(name) && isPassword(value)) return `it sets ${name} to a value`;
  return secretName.test(name) && looksRandom(value)
    ? `it sets ${name} to a value that looks random`
    : undefined;
}

/** The variable's name for the value of an environment variable, or the field's own. */
function nameOf({ key, parent }: StringAt): string {
  return key === "value" ? (text(parent, "name") ?? key) : key;
}

/** A literal, and neither a path to a mounted file nor something that fills in later. */
function isPassword(value: string): boolean {
  return !isPlaceholder(value) && !value.startsWith("/") && !/\s/.test(value);
}
