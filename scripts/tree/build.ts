import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { TreePlan } from "../../synth/plan/plan.ts";
import { carryOver, makeFolder } from "./carry.ts";
import { isPresent } from "./work-folder.ts";
import type { WorkFolder } from "./work-folder.ts";

/**
 * Makes the complete tree that the plan leads to, in the scratch folder, and waits until the disk has it.
 * Files are only ever created, below a folder that did not exist: nothing that is there, and no link, is written through.
 *
 * @param onStep told after each file written and before and after the wait for the disk
 * @returns the folder it was made in
 */
export function buildTree(
  { root, scratch }: WorkFolder,
  plan: TreePlan,
  onStep: (step: string) => void,
): string {
  const building = join(scratch, randomUUID());
  const folders: string[] = [];
  const made = (folder: string): void => void folders.push(folder);
  mkdirSync(building, { recursive: true });
  made(building);

  const written = [...plan.added, ...plan.changed.map(({ file }) => file)];
  for (const file of written) {
    makeFolder(building, dirname(file.path), made);
    writeFileSync(join(building, file.path), file.content, { flag: "wx" });
    onStep("file written");
  }
  const replaced = [...plan.changed.map(({ file }) => file.path), ...plan.removed.map(({ path }) => path)];
  if (isPresent(root)) carryOver(root, building, new Set(replaced), made);
  onStep("tree built");

  // All at the end, not one by one: the first wait then takes most of the others' work along.
  for (const file of written) waitForDisk(join(building, file.path));
  for (const folder of folders) waitForFolder(folder);
  onStep("tree synced");
  return building;
}

/** Waits until the names in a folder are on the disk. Windows opens no folders; NTFS keeps its own journal of names. */
export function waitForFolder(folder: string): void {
  if (process.platform !== "win32") waitForDisk(folder);
}

function waitForDisk(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
