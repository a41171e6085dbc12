import { field, fields, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { secretByName } from "./secret-names.ts";
import { secretSetting } from "./secret-settings.ts";
import { decoded, decodedTexts, shapeIn } from "./secret-shapes.ts";
import { judgeStrings } from "./strings.ts";

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
      for (const { path, judged } of secretsIn(object)) {
        yield objectProblem(secretMaterial.id, input, rendered, judged, fix, path);
      }
    }
  },
};

/** What is secret in the strings of an object, without repeating it. */
export function secretsIn(object: object): ReturnType<typeof judgeStrings<string>> {
  const binary = field(object, "binaryData");
  return judgeStrings(object, (value, key, parent) =>
    materialIn(parent === binary ? (decoded(value) ?? value) : value, key, parent),
  );
}

function materialIn(value: string, key: string, parent: object): string | undefined {
  if (value.length < 3) return undefined;
  return secretIn(value) ?? secretByName(nameOf(value, key, parent), value) ?? encodedIn(value);
}

function secretIn(value: string): string | undefined {
  const shape = shapeIn(value);
  return shape === undefined ? secretSetting(value) : `it holds ${shape}`;
}

function encodedIn(value: string): string | undefined {
  const secret = decodedTexts(value)
    .map(secretIn)
    .find((found) => found !== undefined);
  return secret === undefined ? undefined : `${secret}, in base64`;
}

/** The value of an environment variable goes by the variable's name, an argument by the option before it. */
function nameOf(value: string, key: string, parent: object): string {
  if (Array.isArray(parent)) return value.startsWith("-") ? key : (optionBefore(value, parent) ?? key);
  return key === "value" ? (text(parent, "name") ?? key) : key;
}

function optionBefore(value: string, items: readonly unknown[]): string | undefined {
  for (let at = items.indexOf(value, 1); at > 0; at = items.indexOf(value, at + 1)) {
    const option = items[at - 1];
    if (typeof option === "string" && /^--?\w[^=\s]*$/.test(option)) return option;
  }
  return undefined;
}
