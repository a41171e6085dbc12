import type { Changes } from "../../synth/changes/changes.ts";
import type { Verdict } from "../../synth/gates/verdict.ts";

/** What every format of the report is made from. */
export interface Report {
  /** What was compared, for people: `3f2a1bc (merge base of origin/main and HEAD)`. */
  readonly base: string;
  /** `the work tree`, or a revision. */
  readonly head: string;
  readonly changes: Changes;
  readonly verdict: Verdict;
}

export function differs({ changes }: Report): boolean {
  return changes.objects.length > 0 || changes.unreadable.length > 0;
}
