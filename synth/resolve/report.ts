import type { Report } from "../model/context.ts";
import type { Problem } from "../model/problem.ts";

/** Turns what a definition complains of into problems at that definition, in a list. */
export function reportInto(problems: Problem[], definition: string, cluster: string, owner: string): Report {
  return (what, fix) => {
    problems.push({ rule: "definition", at: { definition, cluster, object: owner }, what, fix });
  };
}
