import { mkdirSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { TreePlan } from "../../synth/plan/plan.ts";
import { carryOver } from "./carry.ts";
import { isPresent } from "./work-folder.ts";
import type { WorkFolder } from "./work-folder.ts";

/**
 * Makes the complete tree that the plan leads to, in the scratch folder. It does not wait for the disk, which would take
 * ten times as long as the writing: a kill loses nothing, and what a power cut leaves blank the next synth writes again.
 * Files are only ever created, below a folder that did not exist: nothing that is there, and no link, is written through.
 *
 * @param onStep told after each file written, and when the tree is complete
 * @returns the folder it was made in
 */
export function buildTree(
  { root, scratch }: WorkFolder,
  plan: TreePlan,
  onStep: (step: string) => void,
): string {
  const building = join(scratch, randomUUID());
  mkdirSync(building, { recursive: true });
  const folders = new Set<string>();

  const written = [...plan.added, ...plan.changed.map(({ file }) => file)];
  for (const file of written) {
    const folder = join(building, dirname(file.path));
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(join(building, file.path), file.content, { flag: "wx" });
    onStep("file written");
  }
  const replaced = [...plan.changed.map(({ file }) => file.path), ...plan.removed.map(({ path }) => path)];
  if (isPresent(root)) carryOver(root, building, new Set(replaced));
  onStep("tree built");

  return building;
}
