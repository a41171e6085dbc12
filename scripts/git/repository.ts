import { git, gitProblem, tryGit } from "./git.ts";

/** Paths that differ from the last commit, untracked ones included; as git prints them, whatever is in their names. */
export async function changedPaths(root: string): Promise<readonly string[]> {
  const out = await git(
    root,
    ["status", "--porcelain=v1", "-z", "--untracked-files=all"],
    "git cannot tell what changed",
  );
  const entries = out.split("\0").filter((entry) => entry !== "");
  const paths: string[] = [];
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] ?? "";
    paths.push(entry.slice(3));
    // After a rename comes the path it had before.
    if (/^[RC]|^.[RC]/.test(entry)) at += 1;
  }
  return paths;
}

/**
 * Where a remote is; undefined in a repository without any, whose own branch then is main.
 *
 * @throws ProblemsError if there are others: taken for none, a misspelt one would leave unseen that main has moved
 */
export async function remoteUrl(root: string, remote: string): Promise<string | undefined> {
  const { ok, stdout } = await tryGit(root, ["remote", "get-url", "--", remote]);
  if (ok) return stdout.trim();
  const others = (await git(root, ["remote"], "git cannot list remotes"))
    .split("\n")
    .filter((name) => name !== "");
  if (others.length === 0) return undefined;
  throw gitProblem(`there is no remote ${remote}`, `name one with --remote: ${others.join(", ")}`);
}

/** Brings the newest commit of the remote's branch here, and returns it. */
export async function fetchBranch(root: string, remote: string, branch: string): Promise<string> {
  const tracking = `refs/remotes/${remote}/${branch}`;
  const spec = `+refs/heads/${branch}:${tracking}`;
  await git(
    root,
    ["fetch", "--quiet", "--no-tags", "--", remote, spec],
    `${branch} cannot be fetched from ${remote}`,
  );
  return resolveCommit(root, tracking);
}

/** The commit that a name stands for, in full. */
export async function resolveCommit(root: string, name: string): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const { ok, stdout } = await tryGit(root, args);
  if (ok) return stdout.trim();
  throw gitProblem(`git knows no commit ${name} here`, "name a branch, a tag or a commit of this clone");
}

/** The tree of a commit: the same for the same files. */
export function treeOf(root: string, commit: string): Promise<string> {
  return git(root, ["rev-parse", `${commit}^{tree}`], `git cannot read ${commit}`);
}

/** Whether a commit is here, or could be fetched by its name. */
export async function ensureCommit(
  root: string,
  commit: string,
  remote: string | undefined,
): Promise<boolean> {
  const isHere = async (): Promise<boolean> =>
    (await tryGit(root, ["cat-file", "-e", `${commit}^{commit}`])).ok;
  if (await isHere()) return true;
  if (remote === undefined) return false;
  await tryGit(root, ["fetch", "--quiet", "--no-tags", "--", remote, commit]);
  return isHere();
}

export async function isAncestor(root: string, older: string, newer: string): Promise<boolean> {
  return (await tryGit(root, ["merge-base", "--is-ancestor", older, newer])).ok;
}

/** Whoever commits here, as git writes it: `Name <address>`. */
export async function identity(root: string): Promise<string> {
  const { ok, stdout } = await tryGit(root, ["var", "GIT_AUTHOR_IDENT"]);
  const who = /^(.+ <.*>) \d+ [+-]\d{4}$/.exec(stdout.trim())?.[1];
  if (ok && who !== undefined) return who;
  throw gitProblem("git does not know who you are", "git config user.name and git config user.email");
}

/** Whether the clone has only the newest commits. */
export async function isShallow(root: string): Promise<boolean> {
  const args = ["rev-parse", "--is-shallow-repository"];
  return (await git(root, args, "git cannot read the repository")) === "true";
}

/** Without its beginning a history says nothing of how long something has run. */
export async function refuseShallow(root: string): Promise<void> {
  if (!(await isShallow(root))) return;
  throw gitProblem(
    "this clone has only the newest commits, and how long a release has run is read from its history",
    "git fetch --unshallow; in continuous integration, check out with fetch-depth: 0",
  );
}

export interface LogEntry {
  readonly commit: string;
  /** Seconds since 1970 at which it was committed. */
  readonly at: number;
}

/** Commits of a branch that changed these paths, newest first; a merge counts as one. */
export async function log(
  root: string,
  branch: string,
  paths: readonly string[],
  limit?: number,
): Promise<readonly LogEntry[]> {
  const few = limit === undefined ? [] : [`--max-count=${limit}`];
  const args = [
    "log",
    "--first-parent",
    "--format=%H %ct",
    ...few,
    "--end-of-options",
    branch,
    "--",
    ...paths.map(literal),
  ];
  const out = await git(root, args, "git cannot read the history");
  return out.split("\n").flatMap((line): LogEntry[] => {
    const [commit = "", at = ""] = line.split(" ");
    return commit === "" ? [] : [{ commit, at: Number(at) }];
  });
}

/** The path itself, whatever characters of patterns are in it. */
const literal = (path: string): string => `:(literal)${path}`;
