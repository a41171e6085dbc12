import { join } from "node:path";
import { factsPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectOwner, subjectPath, subjectText } from "../../synth/model/release.ts";
import type { Freeze, Release } from "../../synth/model/release.ts";
import { refreshedFacts } from "../../synth/release/refreshed-facts.ts";
import { isoTime } from "../../synth/release/refusals.ts";
import { releaseText } from "../../synth/release/release-text.ts";
import { sliceDigest, sliceFiles } from "../../synth/release/slice-files.ts";
import type { Dist, SliceFile } from "../../synth/release/slice-files.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { readCommittedFile } from "../git/read-tree.ts";
import { ensureCommit, identity, remoteUrl } from "../git/repository.ts";
import { recover } from "../tree/tree.ts";
import { writeWhole } from "../whole-file.ts";
import { distPath, readInputs, root } from "../workspace.ts";
import { keptFacts, nameOf } from "./facts.ts";
import { renderAt } from "./render-at.ts";
import type { RenderOrder } from "./render-at.ts";
import { withReproduced, writeDist } from "./reproduce.ts";
import type { FrozenRelease } from "./reproduce.ts";
import { frozenSubjects } from "./subjects.ts";

/** A frozen release whose slice says something else of AWS by now. */
export interface Refreshed extends FrozenRelease {
  readonly cluster: string;
  readonly files: readonly SliceFile[];
}

export interface RefreshOptions {
  /** Text of the cluster's facts. Default: what the work tree holds. */
  readonly facts?: string;
  /** Reason, for the releases. */
  readonly why?: string | undefined;
  /** Change nothing. Default: false. */
  readonly dryRun?: boolean;
  /** Where to fetch revisions from that are not here. Default: origin. */
  readonly remote?: string;
}

/**
 * Gives the frozen releases of a cluster what AWS says of it by now, and nothing else: each is rendered once more from its own
 * revision, with its own images, and with the values of the facts in the work tree. A release whose bytes stay the same stays
 * as it is. Everything is rendered before the first write; killed in between, it goes on when it is run again.
 *
 * @returns the releases that are new
 * @throws ProblemsError if a revision is not to be had, does not render, or a slice was edited by hand
 */
export async function refreshFacts(
  cluster: string,
  options: RefreshOptions = {},
): Promise<readonly Refreshed[]> {
  if (options.dryRun !== true) recover(distPath);
  const inputs = readInputs();
  const facts = options.facts ?? inputs.facts.get(cluster);
  if (facts === undefined) return [];
  const { remote: name = "origin" } = options;
  const remote = (await remoteUrl(root, name)) === undefined ? undefined : name;
  const orders = await outdated(inputs, cluster, facts, remote);
  const when = isoTime(Math.floor(Date.now() / 1000));
  const why = options.why ?? `What AWS says of ${cluster} by now`;
  const who = orders.length === 0 ? "" : await identity(root);
  const refreshed = await render(orders, cluster, remote, { kind: "facts", who, when, why });
  const problems = refreshed.flatMap((each) => editedByHand(inputs, each));
  if (problems.length > 0) throw new ProblemsError(problems);
  if (options.dryRun !== true) write(inputs.dist ?? new Map(), refreshed);
  return refreshed;
}

interface Outdated extends FrozenRelease {
  readonly order: RenderOrder;
}

/** Releases on the cluster that were rendered with other facts than these. */
async function outdated(
  inputs: Inputs,
  cluster: string,
  facts: string,
  remote: string | undefined,
): Promise<readonly Outdated[]> {
  const found: Outdated[] = [];
  for (const { subject, release } of frozenSubjects(inputs)) {
    const { images, frozen } = release;
    if (frozen?.slices[cluster] === undefined) continue;
    const kept = frozen.facts?.[cluster];
    const isHere = await ensureCommit(root, frozen.revision, remote);
    const held = isHere ? readCommittedFile(root, frozen.revision, factsPath(cluster)) : undefined;
    const before = kept === undefined ? undefined : await keptFacts(root, kept);
    const after = refreshedFacts(held, facts);
    const was = before === undefined ? undefined : refreshedFacts(held, before);
    if (isHere && was === after && (before !== undefined || kept === undefined)) continue;
    const { [cluster]: _kept, ...others } = frozen.facts ?? {};
    const all = { ...others, ...(after !== undefined && { [cluster]: await nameOf(root, facts) }) };
    const order = { subject, images, ...(Object.keys(all).length > 0 && { facts: all }) };
    found.push({ subject, release: { images, frozen }, order });
  }
  return found;
}

async function render(
  all: readonly Outdated[],
  cluster: string,
  remote: string | undefined,
  decision: Pick<Freeze, "kind" | "who" | "when" | "why">,
): Promise<readonly Refreshed[]> {
  const refreshed: Refreshed[] = [];
  for (const [revision, some] of Map.groupBy(all, ({ release }) => release.frozen.revision)) {
    const results = await renderAt(
      root,
      revision,
      some.map(({ order }) => order),
      remote,
    );
    for (const [index, { subject, release, order }] of some.entries()) {
      const files = results[index]?.slices[cluster] ?? [];
      const digest = sliceDigest(files);
      if (digest === release.frozen.slices[cluster]) continue;
      const next = withNewFacts(release, order, { ...release.frozen.slices, [cluster]: digest }, decision);
      refreshed.push({ subject, cluster, files, release: next });
    }
  }
  return refreshed;
}

/** The same release, frozen at what was rendered with the facts of the order. */
function withNewFacts(
  { images, frozen: { from: _from, facts: _facts, ...frozen } }: FrozenRelease["release"],
  { facts }: RenderOrder,
  slices: Freeze["slices"],
  decision: Pick<Freeze, "kind" | "who" | "when" | "why">,
): Release & { readonly frozen: Freeze } {
  return { images, frozen: { ...frozen, ...decision, slices, ...(facts && { facts }) } };
}

/** What dist holds is what the release before says, or, after a kill, what this one does. */
function editedByHand({ dist, ...inputs }: Inputs, { subject, cluster, release }: Refreshed) {
  const owner = subjectOwner(subject);
  const held = sliceDigest(sliceFiles(dist ?? new Map(), cluster, owner));
  const before = frozenSubjects(inputs).find(
    ({ subject: each }) => subjectPath(each) === subjectPath(subject),
  );
  if ([before?.release.frozen?.slices[cluster], release.frozen.slices[cluster]].includes(held)) return [];
  return [
    {
      rule: "release-frozen",
      at: { definition: subjectPath(subject), cluster, object: owner },
      what: `slice ${owner} is not what its release is frozen at: a file was edited, added or removed; nothing was changed`,
      fix: `npm run slipway -- reproduce ${subjectText(subject)} --write puts it back; then run the command again`,
    },
  ];
}

/** Slices first: a release that is new already is not looked at again. */
function write(dist: Dist, refreshed: readonly Refreshed[]): void {
  writeDist(dist, withReproduced(dist, refreshed));
  for (const { subject, release } of refreshed) {
    writeWhole(join(root, subjectPath(subject)), releaseText(release));
  }
}

/** What is printed of it, for people. */
export function refreshedLine({ subject, cluster, release }: Refreshed): string {
  return `${subjectOwner(subject)} on ${cluster}: from ${release.frozen.revision.slice(0, 12)} once more, with the facts of now`;
}
