import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "../process/identity.ts";
import { git, tryGit } from "./git.ts";

/** Where work trees stand while a command uses them; git ignores it. */
const folder = ".slipway/worktrees";

/** Runs `work` with the files of a commit in a folder of their own, which is gone afterwards. */
export async function withWorktree<Result>(
  root: string,
  commit: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  await dropAbandoned(root);
  const path = join(root, folder, `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`);
  mkdirSync(join(root, folder), { recursive: true });
  try {
    await add(root, path, commit);
    return await work(path);
  } finally {
    await drop(root, path);
  }
}

/** Adds a work tree with the files of a commit. */
export async function add(root: string, path: string, commit: string): Promise<void> {
  const args = ["worktree", "add", "--quiet", "--detach", path, commit];
  await git(root, args, `${commit} cannot be checked out`);
}

/** Removes a work tree, whatever is in it. */
export async function drop(root: string, path: string): Promise<void> {
  rmSync(path, { recursive: true, force: true });
  await tryGit(root, ["worktree", "prune"]);
}

/** A killed command leaves its work tree; whoever comes next removes it. Those of other machines stay. */
async function dropAbandoned(root: string): Promise<void> {
  const names = tryList(join(root, folder));
  for (const name of names) {
    const pid = Number(/-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]);
    if (!name.startsWith(`${hostname()}-`) || isAlive({ pid, started: "" })) continue;
    await drop(root, join(root, folder, name));
  }
}

function tryList(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
