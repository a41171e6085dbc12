import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join, resolve } from "node:path";
import { inDist } from "../../synth/model/paths.ts";
import { asProblem, errorCode, treeProblem } from "./failure.ts";

/** How often a tree that is swapped while it is read is read again. */
const attempts = 5;

/**
 * Every file under `tree` by its path relative to it, with `/` between segments; empty if there is no such folder.
 * Links and other special files are listed with a content that is never ours, and never followed.
 * It is one tree, never the first half of one and the second half of the next.
 */
export function readTree(tree: string): ReadonlyMap<string, string> {
  const root = resolve(tree);
  return asProblem(root, `${root} could not be read`, () => {
    for (let attempt = 1; ; attempt += 1) {
      const before = identityOf(root);
      const read = before === undefined ? new Map<string, string>() : tryRead(root, attempt === attempts);
      if (read !== undefined && (identityOf(root) === before || attempt === attempts)) return read;
    }
  });
}

/** Changes when another folder takes the place of this one. */
function identityOf(root: string): string | undefined {
  const found = lstatSync(root, { bigint: true, throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) {
    throw treeProblem(
      "tree-access",
      root,
      `${root} is not a folder`,
      `remove ${root}, then run npm run synth`,
    );
  }
  return found && `${found.dev} ${found.ino} ${found.ctimeNs}`;
}

/** Undefined if a file went away meanwhile, unless this is the last attempt. */
function tryRead(root: string, isLast: boolean): Map<string, string> | undefined {
  const files = new Map<string, string>();
  try {
    readFolder(root, "", files);
    return files;
  } catch (error) {
    if (errorCode(error) !== "ENOENT" || isLast) throw error;
    return undefined;
  }
}

function readFolder(root: string, folder: string, files: Map<string, string>): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    // Node hands out a name that is not UTF-8 with this character, and no such file can be opened by it.
    if (entry.name.includes("\uFFFD")) {
      const what = `${inDist(path)} has a name that is not UTF-8`;
      throw treeProblem("tree-access", root, what, "rename it, move it out of dist or remove it");
    }
    if (entry.isDirectory()) readFolder(root, path, files);
    else files.set(path, contentOf(join(root, path), entry));
  }
}

function contentOf(file: string, entry: Dirent): string {
  if (entry.isSymbolicLink()) return `symbolic link to ${readlinkSync(file)}`;
  if (!entry.isFile()) return "not a regular file";
  const bytes = readFileSync(file);
  const text = bytes.toString("utf8");
  // Half of a surrogate pair cannot be rendered, so text that lost bad bytes never passes for what is rendered.
  return isUtf8(bytes) ? text : `${text}\uDC80`;
}
