import { $ } from "zx/core";
import { clusterPath, inDist } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { root } from "../root.ts";

/** git on the repository of these files, with arguments as they are and no question to anybody. */
const git = $({ cwd: root, quiet: true, nothrow: true, env: { ...process.env, GIT_TERMINAL_PROMPT: "0" } });

export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly reason: string;
}

export async function askGit(...args: readonly string[]): Promise<GitAnswer> {
  const { exitCode, stdout, stderr } = await git`git ${[...args]}`;
  return { ok: exitCode === 0, stdout, reason: stderr.trim() };
}

/**
 * What reaches AWS can be found in the history: the files are in a commit as they are.
 *
 * @param paths below dist
 */
export async function requireCommitted(cluster: string, paths: readonly string[]): Promise<void> {
  const changed = await askGit("status", "--porcelain", "--untracked-files=all", "--", ...paths.map(inDist));
  if (changed.ok && changed.stdout === "") return;
  const what = changed.ok
    ? `not committed: ${changed.stdout
        .trim()
        .split("\n")
        .map((line) => line.slice(3))
        .join(", ")}`
    : `git cannot tell what is committed: ${changed.reason}`;
  throw new ProblemsError([
    {
      rule: "aws-uncommitted",
      at: { definition: clusterPath(cluster), cluster },
      what,
      fix: changed.ok
        ? "commit them: what is deployed is what the history says"
        : "work in a clone of the repository",
    },
  ]);
}
