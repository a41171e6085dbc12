import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tryLock } from "../lock/lock.ts";
import { gitProblem, tryGit } from "./git.ts";
import { add, drop, withWorktree } from "./worktree.ts";

/** Where it stands, below the root; git ignores it. */
const place = ".slipway/revision";

/**
 * Runs `work` with exactly the files of a commit, in a work tree that is kept for the next command: only what differs is
 * written then, and what Node has compiled there is found again, which is most of the time that a small render takes.
 * Where another command is at it, in a work tree of its own, as `withWorktree` does.
 */
export async function withKeptWorktree<Result>(
  root: string,
  commit: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = join(root, place);
  const lock = `${path}.lock`;
  mkdirSync(join(root, ".slipway"), { recursive: true });
  const taken = tryLock({
    lock,
    unreadable: () =>
      gitProblem(`the lock ${lock} cannot be read`, `if no slipway runs, remove ${lock}`, lock),
  });
  if (!("release" in taken)) return withWorktree(root, commit, work);
  process.once("exit", taken.release);
  try {
    if (!(await moved(path, commit))) {
      await drop(root, path);
      await add(root, path, commit);
    }
    return await work(path);
  } finally {
    taken.release();
    process.off("exit", taken.release);
  }
}

/** Whether what was kept could be brought to the commit. After a kill it may be anything, and is then made anew. */
async function moved(path: string, commit: string): Promise<boolean> {
  if (!existsSync(join(path, ".git"))) return false;
  // A link, which git would take for what it is on some systems and for a folder on others.
  rmSync(join(path, "node_modules"), { recursive: true, force: true });
  // Named, lest git look for a repository further up and clean that.
  const here = ["--git-dir", join(path, ".git"), "--work-tree", path, "-c", "core.hooksPath=/dev/null"];
  const { ok } = await tryGit(path, [...here, "checkout", "--quiet", "--force", "--detach", commit]);
  return ok && (await tryGit(path, [...here, "clean", "-ffdx", "--quiet", "--exclude=/.slipway"])).ok;
}
