import { ProblemsError } from "../../synth/model/problem.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { isoTime } from "../../synth/release/refusals.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import {
  changedPaths,
  fetchBranch,
  identity,
  refuseShallow,
  remoteUrl,
  resolveCommit,
  treeOf,
} from "../git/repository.ts";
import { refuseInterrupted } from "../tree/tree.ts";
import { distPath, loadFleet, readInputs, root } from "../workspace.ts";

/** Everything that a release is moved with: main as it is, what it says, and who is at work. */
export interface Desk {
  readonly root: string;
  readonly fleet: Fleet;
  readonly inputs: Inputs;
  /** The newest commit of main, whose files these are. */
  readonly base: string;
  /** Name of the remote; undefined in a repository without one. */
  readonly remote: string | undefined;
  /** Branch that releases are merged into. */
  readonly branch: string;
  readonly who: string;
  /** Seconds since 1970. */
  readonly now: number;
}

/**
 * Opens the desk on main as the remote has it.
 *
 * @throws ProblemsError if files are changed, or the work tree is not what main is: what is promoted, and the rules that
 * say whether, are those of main
 */
export async function openDesk(remoteName: string): Promise<Desk> {
  refuseInterrupted(distPath);
  await refuseChanges(root);
  const url = await remoteUrl(root, remoteName);
  const remote = url === undefined ? undefined : remoteName;
  const fleet = await loadFleet();
  const { branch } = fleet.repository;
  const head = await resolveCommit(root, "HEAD");
  const base = remote === undefined ? head : await fetchBranch(root, remote, branch);
  await refuseShallow(root);
  if (base !== head && (await treeOf(root, base)) !== (await treeOf(root, head))) {
    throw elsewhere(`${remoteName}/${branch}`, branch);
  }
  const now = Math.floor(Date.now() / 1000);
  return { root, fleet, inputs: readInputs(), base, remote, branch, who: await identity(root), now };
}

/** @throws ProblemsError if the work tree holds what no commit does */
export async function refuseChanges(repository: string): Promise<void> {
  const changed = await changedPaths(repository);
  if (changed.length > 0) throw dirty(changed);
}

function dirty(paths: readonly string[]): ProblemsError {
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : "";
  return new ProblemsError([
    {
      rule: "promotion",
      at: { definition: paths[0] ?? "." },
      what: `the work tree has changes that no commit holds: ${paths.slice(0, 5).join(", ")}${more}`,
      fix: "commit them, or git stash",
    },
  ]);
}

function elsewhere(main: string, branch: string): ProblemsError {
  return new ProblemsError([
    {
      rule: "promotion",
      at: { definition: "." },
      what: `the work tree is not what ${main} is, whose releases are moved`,
      fix: `git switch ${branch} && git pull --ff-only, and merge or push what only this clone has; then run the command again`,
    },
  ]);
}

/** The desk's time as releases write it. */
export function timeOf({ now }: Desk): string {
  return isoTime(now);
}
