import { lstatSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { treeProblem } from "./failure.ts";

/**
 * The places next to a tree where the following one is made, on the same file system so that a rename moves it.
 * A tree stands in `next` or `previous` only while it is complete, so these names are the journal of a swap.
 */
export interface WorkFolder {
  /** The tree itself, absolute. */
  readonly root: string;
  /** `.slipway/<name of the tree>`, so that two trees side by side never take each other's. */
  readonly folder: string;
  /** The complete tree that is about to become the current one. */
  readonly next: string;
  /** The complete tree that was the current one. */
  readonly previous: string;
  /** Whatever is below is incomplete and of no use once its process is gone. */
  readonly scratch: string;
  /** Which folders the swap in progress may leave in `next` and `previous`. */
  readonly journal: string;
  readonly lock: string;
}

export function workFolderOf(tree: string): WorkFolder {
  const root = resolve(tree);
  const folder = join(dirname(root), ".slipway", basename(root));
  const at = (name: string): string => join(folder, name);
  return {
    root,
    folder,
    next: at("next"),
    previous: at("previous"),
    scratch: at("scratch"),
    journal: at("journal"),
    lock: at("lock"),
  };
}

/** Makes the folder. */
export function makeWorkFolder(place: WorkFolder): void {
  refuseOtherThanFolders(place);
  mkdirSync(place.folder, { recursive: true });
}

/** A link in the place of a folder would send our files somewhere else, so it is refused, not followed. */
export function refuseOtherThanFolders({ root, folder, scratch }: WorkFolder): void {
  for (const path of [dirname(folder), folder, scratch]) {
    if (isPresent(path) && !lstatSync(path).isDirectory()) {
      throw treeProblem(
        "tree-access",
        root,
        `${path} is not a folder`,
        "remove it; Slipway makes the folder again",
      );
    }
  }
}

/** Whether anything is there, be it a broken link. */
export function isPresent(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Takes a complete tree away at once, then removes it: a killed removal must not leave half of it under its name. */
export function discard({ scratch }: WorkFolder, tree: string): void {
  if (!isPresent(tree)) return;
  mkdirSync(scratch, { recursive: true });
  renameSync(tree, join(scratch, randomUUID()));
}

/** Removes what is of no use. What cannot be removed stays: it takes room, but is in nobody's way. */
export function emptyScratch({ scratch }: WorkFolder): void {
  try {
    rmSync(scratch, { recursive: true, force: true });
  } catch {
    // A read-only folder among the foreign ones, or a full disk: every later command tries again.
  }
}
