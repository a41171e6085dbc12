import { array, object, optional, parse, string } from "valibot";
import type { Problem } from "../../synth/model/problem.ts";

const problemsSchema = array(
  object({
    rule: string(),
    at: object({ definition: string(), cluster: optional(string()), object: optional(string()) }),
    what: string(),
    fix: string(),
  }),
);

/** Problems that another process of ours wrote as JSON. @throws Error where it is something else */
export function problemsIn(value: unknown): readonly Problem[] {
  return parse(problemsSchema, value).map(({ at, ...problem }) => ({
    ...problem,
    at: {
      definition: at.definition,
      ...(at.cluster !== undefined && { cluster: at.cluster }),
      ...(at.object !== undefined && { object: at.object }),
    },
  }));
}
