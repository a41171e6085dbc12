import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { WorkFolder } from "./work-folder.ts";

/**
 * Writes down which folders the swap renames, by inode: a rename keeps it, and a folder that came there by a checkout, an
 * unpacked archive or a restored cache does not have it.
 */
export function writeJournal({ journal }: WorkFolder, folders: readonly string[]): void {
  // Whatever is there goes first, so that no link is written through.
  rmSync(journal, { recursive: true, force: true });
  writeFileSync(journal, folders.map(identityOf).join("\n"), { flag: "wx" });
}

/** Whether it is a folder, not a link to one, that the swap in the journal has put there. */
export function isJournaled({ journal }: WorkFolder, folder: string): boolean {
  if (!lstatSync(folder).isDirectory()) return false;
  if (!lstatSync(journal, { throwIfNoEntry: false })?.isFile()) return false;
  return readFileSync(journal, "utf8").split("\n").includes(identityOf(folder));
}

export function clearJournal({ journal }: WorkFolder): void {
  rmSync(journal, { recursive: true, force: true });
}

function identityOf(folder: string): string {
  return String(lstatSync(folder, { bigint: true }).ino);
}
