import { ProblemsError } from "../../synth/model/problem.ts";

/** A command line that says something impossible. */
export function usageProblem(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "command line" }, what, fix }]);
}
