import { groupKindOf } from "../objects/group-kind.ts";
import type { Problem } from "../model/problem.ts";
import { chartProblem, objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { judgeStrings } from "./strings.ts";
import type { StringAt } from "./strings.ts";
import { unsetIn } from "./unset-text.ts";
import type { Unset } from "./unset-text.ts";

/** Objects that carry a chart's values, which are told where the definition has them. */
const carriers: ReadonlySet<string> = new Set([
  "argoproj.io/Application",
  "helm.toolkit.fluxcd.io/HelmRelease",
]);
/** Fields with a language of its own, in which NaN is a word. */
const queries: ReadonlySet<string> = new Set(["expr", "query"]);
/** Longest part of a text that is quoted, in characters: what fits a line of a terminal. */
const longestQuoted = 80;

/** No text was put together from a value that is not there. */
export const unsetValue: Check = {
  id: "unset-value",
  *run(input) {
    const index = indexOf(input);
    const isNew = newTexts();
    for (const { slice } of input.slices) {
      for (const found of unsetTexts(slice.chart?.values ?? {})) {
        const { what, fix } = complaint(found.judged);
        if (isNew(slice.definition, found))
          yield chartProblem(unsetValue.id, input, slice, what, fix, found.path);
      }
    }
    for (const rendered of input.objects) {
      if (!index.isOwn(rendered) || carriers.has(groupKindOf(rendered.object))) continue;
      for (const found of unsetTexts(rendered.object)) {
        const { what, fix } = complaint(found.judged);
        if (isNew(rendered.definition, found)) {
          yield objectProblem(unsetValue.id, input, rendered, what, fix, found.path);
        }
      }
    }
  },
};

function unsetTexts(value: object): readonly StringAt<Unset>[] {
  return judgeStrings(value, (text, key) => (queries.has(key) ? undefined : unsetIn(text)), unsetIn);
}

/** A name recurs in labels, selectors and references: it is told where it stands first. */
function newTexts(): (definition: string, found: StringAt<Unset>) => boolean {
  const told = new Set<string>();
  return (definition, { judged: { text, word } }) => {
    const key = `${definition} ${text}`;
    const isKnown = text !== word && told.has(key);
    told.add(key);
    return !isKnown;
  };
}

function complaint({ text, word }: Unset): Pick<Problem, "what" | "fix"> {
  const quoted = text.length > longestQuoted ? `${text.slice(0, longestQuoted)}…` : text;
  return word === "[object Object]"
    ? {
        what: `"${quoted}" has an object where text should be`,
        fix: "write the field of the object that is meant",
      }
    : {
        what: `"${quoted}" has ${word} where a value should be`,
        fix: "give it the value that is meant, or leave it out",
      };
}
