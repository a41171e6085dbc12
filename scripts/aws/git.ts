import { clusterPath, inDist } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { tryGit } from "../git/git.ts";
import { root } from "../root.ts";

/** A commit runs the hooks of whoever deploys, and a first fetch brings the whole history. */
const milliseconds = 15 * 60_000;

interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly reason: string;
}

/** git on the repository of these files. */
export async function askGit(...args: readonly string[]): Promise<GitAnswer> {
  const { ok, stdout, stderr } = await tryGit(root, args, { milliseconds });
  return { ok, stdout, reason: stderr.trim() };
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
