import {
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
} from "node:fs";
import { constants, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./failure.ts";

/** How file systems without hard links, across devices or out of link counts, refuse one. */
export const linkRefusals: ReadonlySet<string> = new Set([
  "EPERM",
  "ENOTSUP",
  "EOPNOTSUPP",
  "ENOSYS",
  "EXDEV",
  "EMLINK",
]);

/**
 * Brings everything but the `replaced` files from one tree to another: unchanged and foreign files as hard links, which
 * keeps their inodes and times, symbolic links as links, and folders that were empty.
 */
export function carryOver(from: string, to: string, replaced: ReadonlySet<string>): void {
  const carryFolder = (folder: string): void => {
    const entries = readdirSync(join(from, folder), { withFileTypes: true });
    let isMade = false;
    const make = (): void => {
      if (!isMade) mkdirSync(join(to, folder), { recursive: true });
      isMade = true;
    };
    if (entries.length === 0 && !isOccupied(to, folder)) make();
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) carryFolder(path);
      else if (!replaced.has(path)) {
        make();
        carryFile(join(from, path), join(to, path), entry.isSymbolicLink());
      }
    }
    if (isMade) chmodSync(join(to, folder), statSync(join(from, folder)).mode);
  };
  carryFolder("");
}

function carryFile(from: string, to: string, isSymbolicLink: boolean): void {
  // link(2) makes a link to a symbolic link on Linux, but to its target on macOS.
  if (isSymbolicLink) return symlinkSync(readlinkSync(from), to);
  try {
    linkSync(from, to);
  } catch (error) {
    // A pipe or a device has no content to copy.
    if (!linkRefusals.has(errorCode(error) ?? "") || !lstatSync(from).isFile()) throw error;
    copy(from, to);
  }
}

function copy(from: string, to: string): void {
  const { atime, mtime } = statSync(from);
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  utimesSync(to, atime, mtime);
}

/** Whether an empty folder has to give way: a file is rendered at its place, or at that of a folder above it. */
function isOccupied(root: string, folder: string): boolean {
  let path = root;
  for (const segment of folder.split("/")) {
    path = join(path, segment);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found?.isDirectory()) return found !== undefined;
  }
  return false;
}
