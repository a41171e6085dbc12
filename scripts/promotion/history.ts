import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectPath } from "../../synth/model/release.ts";
import type { Release, Subject } from "../../synth/model/release.ts";
import { runTheSame } from "../../synth/release/same-release.ts";
import { readCommittedFile } from "../git/read-tree.ts";
import { log } from "../git/repository.ts";
import { parseReleaseOf } from "./subjects.ts";

/** A release as the history of main has it. */
export interface PastRelease {
  /** Commit of main that brought it: the merge of its pull request. */
  readonly commit: string;
  /** Seconds since 1970 at which it was merged. */
  readonly at: number;
  readonly release: Release;
}

/** Every release that a subject had on a branch, newest first. A file that was no release at the time is passed over. */
export async function releaseHistory(
  root: string,
  branch: string,
  subject: Subject,
  limit?: number,
): Promise<readonly PastRelease[]> {
  const path = subjectPath(subject);
  const entries = await log(root, branch, [path], limit);
  return entries.flatMap(({ commit, at }): PastRelease[] => {
    const text = readCommittedFile(root, commit, path);
    const release = text === undefined ? undefined : tryParse(subject, text);
    return release === undefined ? [] : [{ commit, at, release }];
  });
}

function tryParse(subject: Subject, text: string): Release | undefined {
  try {
    return parseReleaseOf(subject, text);
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}

/** Seconds since 1970 since when the newest release has been the same. */
export function runningSince(history: readonly PastRelease[]): number | undefined {
  const [newest] = history;
  if (newest === undefined) return undefined;
  const others = history.findIndex(({ release }) => !runTheSame(release, newest.release));
  return (others === -1 ? history.at(-1) : history[others - 1])?.at;
}
