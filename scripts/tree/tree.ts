import { ProblemsError } from "../../synth/model/problem.ts";
import { isUpToDate } from "../../synth/plan/plan.ts";
import type { TreePlan } from "../../synth/plan/plan.ts";
import { buildTree } from "./build.ts";
import { asProblem, treeProblem } from "./failure.ts";
import { clearJournal } from "./journal.ts";
import { withLock } from "./lock.ts";
import { readTree } from "./read.ts";
import { finishOrUndo, hasLeftovers, hasLeftTree, swapIn } from "./swap.ts";
import type { Recovery } from "./swap.ts";
import { discard, emptyScratch, refuseOtherThanFolders, workFolderOf } from "./work-folder.ts";
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
      const found = readTree(place.root);
      // Another command has just done the same.
      if (isSame(found, plannedTree(plan))) return;
      if (!isSame(found, plan.current)) throw outdated(place);
      try {
        const built = buildTree(place, plan, onStep);
        // Building takes a while, in which git or an editor may have written there.
        if (!isSame(readTree(place.root), plan.current)) throw outdated(place);
        swapIn(place, built, onStep);
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
  const doing = `${place.root} could not be recovered from an interrupted command`;
  const isClean = asProblem(place.root, doing, () => {
    refuseOtherThanFolders(place);
    return !hasLeftovers(place);
  });
  if (isClean) return "clean";
  return withLock(place, () => asProblem(place.root, doing, () => finishOrUndo(place)));
}

/**
 * For commands that only read: what {@link recover} would finish or undo is a problem, and stays as it is.
 *
 * @throws ProblemsError
 */
export function refuseInterrupted(root: string): void {
  const place = workFolderOf(root);
  refuseOtherThanFolders(place);
  if (!hasLeftTree(place)) return;
  throw treeProblem(
    "tree-interrupted",
    place.root,
    `a command that replaces ${place.root} was interrupted, or is at work`,
    "run npm run synth, which finishes or undoes it",
  );
}

/** Best effort, as the disk may be full or read-only: what stays is dropped by the next command. */
function dropUnfinished(place: WorkFolder): void {
  try {
    discard(place, place.next);
    clearJournal(place);
  } catch {
    // The error that led here is the one to tell.
  }
  emptyScratch(place);
}

/** What the tree is once the plan is applied. */
function plannedTree({ current, added, changed, removed }: TreePlan): ReadonlyMap<string, string> {
  const planned = new Map(current);
  for (const { path } of removed) planned.delete(path);
  for (const { path, content } of [...added, ...changed.map(({ file }) => file)]) planned.set(path, content);
  return planned;
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
