import { isDeepStrictEqual } from "node:util";
import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectOwner, subjectPath } from "../../synth/model/release.ts";
import type { Freeze, Release, Subject } from "../../synth/model/release.ts";
import { runTheSame } from "../../synth/release/same-release.ts";
import { sliceDigest, sliceFiles } from "../../synth/release/slice-files.ts";
import { clustersOf } from "../../synth/render-release.ts";
import { distRoot } from "../../synth/model/paths.ts";
import { readCommittedTree } from "../git/read-tree.ts";
import type { Decision, NextRelease } from "./compose.ts";
import type { Desk } from "./desk.ts";
import { factsSince } from "./facts.ts";
import type { PastRelease } from "./history.ts";
import { renderHotfix } from "./hotfix.ts";
import { releaseIn } from "./subjects.ts";
import { short } from "./text.ts";

type Frozen = PastRelease & { readonly release: Release & { readonly frozen: Freeze } };

/**
 * The release to go back to: the one named by the beginning of its commit or of its revision; else the newest that is not
 * what runs now.
 *
 * @throws ProblemsError if there is none, or several fit
 */
export function findPast(history: readonly PastRelease[], subject: Subject, to: string | undefined): Frozen {
  const [now, ...before] = history;
  const candidates = before.filter(
    (past): past is Frozen =>
      past.release.frozen !== undefined &&
      now !== undefined &&
      !runTheSame(past.release, now.release) &&
      !isOfOtherFacts(past.release, now.release),
  );
  const named = candidates.filter(({ commit, release }) => {
    return to === undefined || commit.startsWith(to) || release.frozen.revision.startsWith(to);
  });
  const [found, ...others] = named;
  const isClear =
    to === undefined || others.every(({ release }) => found && runTheSame(release, found.release));
  if (found !== undefined && isClear) return found;
  const known = candidates.map(({ commit }) => short(commit));
  throw new ProblemsError([
    {
      rule: "promotion",
      at: { definition: subjectPath(subject) },
      what:
        to === undefined
          ? "it has had no other release to go back to"
          : `${found === undefined ? "no release before" : "more than one release"} begins with ${to}`,
      fix:
        known.length === 0
          ? "hotfix it, or promote"
          : `name one of: ${known.join(", ")} (npm run slipway -- history ${subject.name} ${subject.step})`,
    },
  ]);
}

/** What AWS said once is nothing to go back to. */
function isOfOtherFacts(past: Release, now: Release): boolean {
  return (
    past.frozen?.revision === now.frozen?.revision &&
    !isDeepStrictEqual(past.frozen?.facts, now.frozen?.facts) &&
    isDeepStrictEqual(past.images, now.images)
  );
}

/**
 * The past release, with its bytes as git has kept them: nothing is rendered, so that going back never fails for it. Unless AWS
 * says something else of its clusters since, which its bytes would deny: then it is rendered from its revision with that.
 */
export async function releaseAgain(
  desk: Desk,
  subject: Subject,
  past: Frozen,
  decision: Pick<Decision, "kind" | "who" | "when" | "why">,
): Promise<NextRelease> {
  const { revision, facts: then = {} } = past.release.frozen;
  const { facts: now = {} } = await factsSince(desk, subject, revision);
  if (isDeepStrictEqual(then, now)) return withPastBytes(desk, subject, past, decision);
  return renderHotfix(desk, { subject, revision, images: past.release.images }, decision);
}

function withPastBytes(
  desk: Desk,
  subject: Subject,
  { commit, release }: Frozen,
  decision: Pick<Decision, "kind" | "who" | "when" | "why">,
): NextRelease {
  const placed = new Set(clustersOf(desk.fleet, subject).map(({ name }) => name));
  const dist = readCommittedTree(desk.root, commit, distRoot, desk.inputs.dist);
  const owner = subjectOwner(subject);
  const { from: _from, ...past } = release.frozen;
  const entries = Object.entries(past.slices).filter(([cluster]) => placed.has(cluster));
  const slices = entries.map(([cluster, digest]) => {
    const files = sliceFiles(dist, cluster, owner);
    if (sliceDigest(files) !== digest) throw damaged(subject, cluster, commit);
    return [cluster, files] as const;
  });
  const frozen: Freeze = { ...past, ...decision, slices: Object.fromEntries(entries) };
  return {
    subject,
    before: releaseIn(desk.inputs, subject),
    release: { images: release.images, frozen },
    slices: Object.fromEntries(slices),
  };
}

function damaged(subject: Subject, cluster: string, commit: string): ProblemsError {
  return new ProblemsError([
    {
      rule: "promotion",
      at: { definition: subjectPath(subject), cluster },
      what: `at ${short(commit)}, dist does not hold what the release of that commit is frozen at`,
      fix: "choose another release, or hotfix with --revision, which renders it again",
    },
  ]);
}
