import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectPath } from "../../synth/model/release.ts";
import type { Freeze, Subject } from "../../synth/model/release.ts";
import type { Forge, OpenedPullRequest } from "../forge/forge.ts";
import { makeCommit } from "../git/commit.ts";
import type { FileChanges } from "../git/commit.ts";
import { git, tryGit } from "../git/git.ts";
import { pushBranch, remoteBranch, setLocalBranch } from "../git/push.ts";
import { readCommittedFile } from "../git/read-tree.ts";
import { parseReleaseOf } from "./subjects.ts";
import type { Desk } from "./desk.ts";

/** A branch as it is when a command starts: of an earlier try, of somebody else's, or not there. */
export interface BranchState {
  readonly name: string;
  /** Commit that it is at; undefined if there is no such branch. */
  readonly at: string | undefined;
  /** What an earlier try of the same decided, which this one keeps. */
  readonly earlier: Pick<Freeze, "who" | "when" | "why"> | undefined;
}

/**
 * Looks at the branch before anything is rendered. An earlier try of the same promotion gave it one commit on top of main;
 * this one goes on from there, with the same date and author, so that the same work gives the same commit.
 *
 * @throws ProblemsError if the branch holds what no promotion wrote
 */
export async function branchState(
  desk: Desk,
  name: string,
  subjects: readonly Subject[],
): Promise<BranchState> {
  const { root, remote, base } = desk;
  const at = remote === undefined ? await localBranch(root, name) : await remoteBranch(root, remote, name);
  if (at === undefined) return { name, at, earlier: undefined };
  if (remote !== undefined) {
    const args = ["fetch", "--quiet", "--no-tags", "--", remote, `refs/heads/${name}`];
    await git(root, args, `${name} cannot be fetched from ${remote}`);
  }
  const ahead = await git(root, ["rev-list", "--count", `${base}..${at}`], "git cannot compare branches");
  // Merged, and not removed since: its name is free.
  if (ahead === "0") return { name, at, earlier: undefined };
  const earlier = ahead === "1" ? decisionIn(root, at, subjects) : undefined;
  if (earlier === undefined) throw occupied(desk, name);
  return { name, at, earlier };
}

async function localBranch(root: string, name: string): Promise<string | undefined> {
  const { ok, stdout } = await tryGit(root, ["rev-parse", "--verify", "--quiet", `refs/heads/${name}`]);
  return ok ? stdout.trim() : undefined;
}

function decisionIn(root: string, commit: string, subjects: readonly Subject[]): BranchState["earlier"] {
  for (const subject of subjects) {
    const text = readCommittedFile(root, commit, subjectPath(subject));
    if (text === undefined) continue;
    try {
      const { frozen } = parseReleaseOf(subject, text);
      if (frozen !== undefined) return { who: frozen.who, when: frozen.when, why: frozen.why };
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
    }
  }
  return undefined;
}

function occupied({ remote }: Desk, branch: string): ProblemsError {
  const remove = remote === undefined ? `git branch -D ${branch}` : `git push ${remote} --delete ${branch}`;
  return new ProblemsError([
    {
      rule: "promotion",
      at: { definition: branch },
      what: `branch ${branch} is there and holds commits that this command did not make`,
      fix: `merge it, or remove it (${remove}), then run the command again`,
    },
  ]);
}

/** What is about to be proposed. */
export interface Proposal {
  readonly branch: BranchState;
  readonly title: string;
  readonly why: string;
  readonly who: string;
  readonly when: string;
  readonly changes: FileChanges;
  /** Text of the pull request, in Markdown. */
  readonly body: string;
  /** Revisions to keep by a tag, since no branch may hold them tomorrow. */
  readonly keep: readonly string[];
}

export interface Published {
  readonly branch: string;
  readonly commit: string;
  /** `pushed` now, there `already`, or made in this clone alone. */
  readonly pushed: "pushed" | "already" | "local";
  readonly pullRequest: OpenedPullRequest | undefined;
}

/** Makes the commit, gives it to the branch in one push, and opens the pull request. Run again, it goes on where it stopped. */
export async function publish(desk: Desk, proposal: Proposal, forge: Forge | undefined): Promise<Published> {
  const { root, remote, base, branch: main } = desk;
  const { branch, title, why, who, when, changes, body } = proposal;
  const commit = await makeCommit(root, {
    parent: base,
    message: `${title}\n\n${why}\n`,
    who,
    when,
    changes,
  });
  if (remote === undefined) {
    if (commit !== branch.at) await setLocalBranch(root, branch.name, commit, branch.at);
    return { branch: branch.name, commit, pushed: "local", pullRequest: undefined };
  }
  const isThere = commit === branch.at;
  if (!isThere) await pushBranch(root, remote, branch.name, commit, branch.at, tagsFor(proposal.keep));
  const pullRequest = await forge?.open({ branch: branch.name, base: main, title, body });
  return { branch: branch.name, commit, pushed: isThere ? "already" : "pushed", pullRequest };
}

function tagsFor(revisions: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(revisions.map((revision) => [`slipway/${revision.slice(0, 12)}`, revision]));
}
