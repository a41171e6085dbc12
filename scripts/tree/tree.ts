import { ProblemsError } from "../../synth/model/problem.ts";
import { isUpToDate } from "../../synth/plan/plan.ts";
import type { TreePlan } from "../../synth/plan/plan.ts";
import { buildTree } from "./build.ts";
import { asProblem, treeProblem } from "./failure.ts";
import { withLock } from "./lock.ts";
import { readTree } from "./read.ts";
import { finishOrUndo, hasLeftovers, swapIn } from "./swap.ts";
import type { Recovery } from "./swap.ts";
import { discard, emptyScratch, workFolderOf } from "./work-folder.ts";
import type { WorkFolder } from "./work-folder.ts";

export { readTree };
export type { Recovery };

export interface ApplyOptions {
  /** Told after each step, in order. Tests stop or kill the process there. Default: nobody. */
  readonly onStep?: (step: string) => void;
}

/**
 * Makes the tree on disk what the plan says. A kill or power loss at any moment leaves the old tree or the new one, except
 * for the instant between two renames, in which there is none until {@link recover}. Does nothing if nothing changes.
 *
 * @throws ProblemsError if the plan is blocked, if the tree is no longer what it was planned for, if another process is
 * writing it, or if the file system refuses; the tree is then what it was
 */
export function applyPlan(root: string, plan: TreePlan, { onStep = () => {} }: ApplyOptions = {}): void {
  if (plan.blocked.length > 0) throw new ProblemsError(plan.blocked);
  if (isUpToDate(plan)) return;
  const place = workFolderOf(root);
  withLock(place, () => {
    onStep("locked");
    asProblem(place.root, `${place.root} is as it was before, since it could not be replaced`, () => {
      finishOrUndo(place);
      if (!isSame(readTree(place.root), plan.current)) throw outdated(place);
      try {
        swapIn(place, buildTree(place, plan, onStep), onStep);
      } catch (error) {
        dropUnfinished(place);
        throw error;
      }
    });
  });
}

/**
 * Finishes or undoes what a killed command left, so that the tree is complete. Every command calls this before it reads
 * the tree. Costs three look-ups if nothing is left.
 *
 * @throws ProblemsError if another process is writing the tree
 */
export function recover(root: string): Recovery {
  const place = workFolderOf(root);
  if (!hasLeftovers(place)) return "clean";
  const doing = `${place.root} could not be recovered from an interrupted command`;
  return withLock(place, () => asProblem(place.root, doing, () => finishOrUndo(place)));
}

/** Best effort, as the disk may be full or read-only: what stays is dropped by the next command. */
function dropUnfinished(place: WorkFolder): void {
  try {
    discard(place, place.next);
  } catch {
    // The error that led here is the one to tell.
  }
  emptyScratch(place);
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, content]) => b.get(path) === content);
}

function outdated({ root }: WorkFolder): Error {
  return treeProblem(
    "tree-outdated",
    root,
    `${root} was changed, by an editor, git or another command, after the change to it was planned`,
    "run the command again",
  );
}
