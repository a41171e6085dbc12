import { renameSync } from "node:fs";
import { treeProblem } from "./failure.ts";
import { clearJournal, isJournaled, writeJournal } from "./journal.ts";
import { discard, emptyScratch, isPresent } from "./work-folder.ts";
import type { WorkFolder } from "./work-folder.ts";

/** What an earlier, interrupted command had left: nothing, a tree to be finished, or one to be dropped. */
export type Recovery = "clean" | "finished" | "undone";

/** Whether an earlier command was interrupted, or another one is at work. */
export function hasLeftovers(place: WorkFolder): boolean {
  return [place.next, place.previous, place.scratch].some(isPresent);
}

/** Whether a swap was interrupted, or is going on: beside the tree there is another one. */
export function hasLeftTree(place: WorkFolder): boolean {
  return [place.next, place.previous].some(isPresent);
}

/** Puts a complete tree in the place of the current one. The caller holds the lock and has recovered. */
export function swapIn(place: WorkFolder, built: string, onStep: (step: string) => void): void {
  const hadTree = isPresent(place.root);
  writeJournal(place, hadTree ? [built, place.root] : [built]);
  renameSync(built, place.next);
  onStep("next ready");
  if (hadTree) renameSync(place.root, place.previous);
  try {
    onStep("current moved away");
    renameSync(place.next, place.root);
  } catch (error) {
    if (hadTree) renameSync(place.previous, place.root);
    throw error;
  }
  onStep("next in place");
  clearAway(place, onStep);
}

/** The new tree is in place: whatever fails from here on is no failure of the change, and left to the next command. */
function clearAway(place: WorkFolder, onStep: (step: string) => void): void {
  try {
    discard(place, place.previous);
    onStep("previous put aside");
    clearJournal(place);
  } catch {
    return;
  }
  emptyScratch(place);
}

/** Brings what an interrupted command left to a complete tree, the old or the new one. The caller holds the lock. */
export function finishOrUndo(place: WorkFolder): Recovery {
  if (!hasLeftovers(place)) return "clean";
  const hasTree = isPresent(place.root);
  const hasNext = isPresent(place.next);
  if (hasTree && hasNext && isPresent(place.previous)) throw recreated(place);
  const isBetween = !hasTree && hasNext;
  if (isBetween) restore(place, place.next);
  else if (!hasTree && isPresent(place.previous)) restore(place, place.previous);
  discard(place, place.next);
  discard(place, place.previous);
  clearJournal(place);
  emptyScratch(place);
  if (isBetween) return "finished";
  return hasTree && !hasNext ? "clean" : "undone";
}

/** Gives a tree that an interrupted swap left its place back. What else stands under that name is no tree of ours. */
function restore(place: WorkFolder, tree: string): void {
  if (isJournaled(place, tree)) return renameSync(tree, place.root);
  throw treeProblem(
    "tree-access",
    place.root,
    `there is no ${place.root}, and ${tree} was not left there by an interrupted command`,
    `rename ${tree} to ${place.root} if that is what you had, else remove it; then run npm run synth`,
  );
}

/** Somebody restored the tree, from git perhaps, before the swap was finished: which one is wanted is theirs to say. */
function recreated({ root, previous, folder }: WorkFolder): Error {
  return treeProblem(
    "tree-recreated",
    root,
    `${root} was made again after a command that was replacing it was killed; what it was before is in ${previous}`,
    `take what you miss from ${previous}, then remove ${folder}`,
  );
}
