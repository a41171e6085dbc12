import { gitProblem, tryGit, withoutCredentials } from "./git.ts";

const none = "";

/** What the remote's branch is at; undefined if there is no such branch. */
export async function remoteBranch(
  root: string,
  remote: string,
  branch: string,
): Promise<string | undefined> {
  const { ok, stdout, stderr } = await tryGit(root, ["ls-remote", "--", remote, `refs/heads/${branch}`]);
  if (!ok) {
    throw gitProblem(
      `${remote} does not answer: ${withoutCredentials(stderr.trim().split("\n").at(-1) ?? "")}`,
      "run the command again",
    );
  }
  const [sha = ""] = stdout.split("\t");
  return sha === "" ? undefined : sha;
}

/**
 * Gives a commit to a branch of the remote, by one push that happens or does not.
 *
 * @param expected what the branch is at; undefined if it must not be there yet
 * @param tags commits to keep by a tag of their own, in the same push
 * @throws ProblemsError if it is at something else by now, or the remote refuses
 */
export async function pushBranch(
  root: string,
  remote: string,
  branch: string,
  commit: string,
  expected: string | undefined,
  tags: Readonly<Record<string, string>> = {},
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const specs = [`${commit}:${ref}`, ...Object.entries(tags).map(([tag, sha]) => `${sha}:refs/tags/${tag}`)];
  const { ok, stdout, stderr } = await tryGit(root, [
    "push",
    "--porcelain",
    "--quiet",
    ...(specs.length > 1 ? ["--atomic"] : []),
    `--force-with-lease=${ref}:${expected ?? none}`,
    "--",
    remote,
    ...specs,
  ]);
  if (ok) return;
  const moved = /stale info|already exists|fetch first|non-fast-forward/.test(stdout + stderr);
  // Of each name a line, `!` before those that are refused, with the reason in parentheses.
  const refused = /^!.*\((.*)\)$/m.exec(stdout)?.[1] ?? stderr.trim().split("\n")[0] ?? "";
  throw gitProblem(
    moved
      ? `branch ${branch} was changed by somebody else just now`
      : `branch ${branch} cannot be pushed to ${remote}: ${withoutCredentials(refused)}`,
    "nothing was pushed; run the command again, which goes on from what is there",
  );
}

/** Gives a commit to a local branch that is at `expected`, or not there. */
export async function setLocalBranch(
  root: string,
  branch: string,
  commit: string,
  expected: string | undefined,
): Promise<void> {
  const old = expected ?? "0".repeat(40);
  const { ok, stderr } = await tryGit(root, ["update-ref", `refs/heads/${branch}`, commit, old]);
  if (!ok)
    throw gitProblem(
      `branch ${branch} cannot be made: ${stderr.trim()}`,
      `git branch --delete ${branch}, then run the command again`,
    );
}
