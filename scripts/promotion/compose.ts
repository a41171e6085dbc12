import { inDist } from "../../synth/model/paths.ts";
import { isOurs } from "../../synth/model/ownership.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectOwner, subjectPath } from "../../synth/model/release.ts";
import type { Freeze, Release, Subject } from "../../synth/model/release.ts";
import { releaseText } from "../../synth/release/release-text.ts";
import { runTheSame } from "../../synth/release/same-release.ts";
import { sliceDigest, sliceFiles } from "../../synth/release/slice-files.ts";
import type { Dist, SliceFile } from "../../synth/release/slice-files.ts";
import type { RenderedRelease } from "../../synth/render-release.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { callDefinitions } from "../definition-errors.ts";
import type { FileChanges } from "../git/commit.ts";
import { gatherInputs } from "../workspace.ts";
import type { Desk } from "./desk.ts";

/** A release that a subject gets, with the slices that it is frozen at. */
export interface NextRelease {
  readonly subject: Subject;
  readonly before: Release | undefined;
  readonly release: Release & { readonly frozen: Freeze };
  readonly slices: Readonly<Record<string, readonly SliceFile[]>>;
}

/** What of a release the command decides; the rest is what was rendered. */
export type Decision = Pick<Freeze, "revision" | "kind" | "from" | "who" | "when" | "why" | "facts">;

/** The release of what was rendered. */
export function nextRelease(
  desk: Desk,
  subject: Subject,
  before: Release | undefined,
  images: Release["images"],
  { slices, charts }: RenderedRelease,
  { from, ...decision }: Decision,
): NextRelease {
  const digests = Object.fromEntries(
    Object.entries(slices).map(([cluster, files]) => [cluster, sliceDigest(files)]),
  );
  if (Object.keys(digests).length === 0) throw nowhere(desk, subject);
  const frozen: Freeze = { ...decision, ...(from !== undefined && { from }), charts, slices: digests };
  return { subject, before, release: { images, frozen }, slices };
}

function nowhere({ base }: Desk, subject: Subject): ProblemsError {
  return new ProblemsError([
    {
      rule: "promotion",
      at: { definition: subjectPath(subject) },
      what: `${subject.name} ${subject.step} stands on no cluster at that revision (main is at ${base.slice(0, 12)})`,
      fix: "place it in clusters/, merge that, and promote from a revision that has it",
    },
  ]);
}

/** Whether clusters would run the same as before. */
export function changesNothing({ before, release }: NextRelease): boolean {
  return before?.frozen !== undefined && runTheSame(before, release);
}

/** Files of the repository as these releases leave them. */
export interface Composition {
  readonly changes: FileChanges;
  readonly before: Dist;
  readonly after: Dist;
}

/**
 * Puts releases and slices into main as it is, and renders the clusters that they stand on once more, so that every rule
 * sees them beside what runs there already.
 *
 * @throws ProblemsError if a rule refuses the result
 */
export async function compose(desk: Desk, releases: readonly NextRelease[]): Promise<Composition> {
  const { fleet, inputs } = desk;
  const before: Dist = inputs.dist ?? new Map();
  const touched = new Set(
    releases.flatMap(({ before: old, slices }) => [
      ...Object.keys(slices),
      ...Object.keys(old?.frozen?.slices ?? {}),
    ]),
  );
  const clusters = fleet.clusters.filter(({ name }) => touched.has(name));
  const placed = withSlices(before, touched, releases);
  const next = withReleases(await gatherInputs(fleet, clusters, { dist: placed }), releases);
  const results = clusters.map((cluster) => callDefinitions(() => synthesizeCluster(fleet, cluster, next)));
  const problems = results.flatMap((result) => result.problems);
  if (problems.length > 0) throw new ProblemsError(problems);

  const after = new Map(
    [...placed].filter(([path, content]) => !touched.has(clusterOf(path)) || !isOurs(content)),
  );
  for (const { path, content } of results.flatMap(({ files }) => files)) after.set(path, content);
  return { changes: changesOf(before, after, releases), before, after };
}

const clusterOf = (path: string): string => path.slice(0, path.indexOf("/"));

function withSlices(dist: Dist, clusters: ReadonlySet<string>, releases: readonly NextRelease[]): Dist {
  const next = new Map(dist);
  for (const { subject, slices } of releases) {
    for (const cluster of clusters) {
      for (const { path } of sliceFiles(dist, cluster, subjectOwner(subject))) next.delete(path);
    }
    for (const { path, content } of Object.values(slices).flat()) next.set(path, content);
  }
  return next;
}

function withReleases(inputs: Inputs, releases: readonly NextRelease[]): Inputs {
  const apps = new Map(inputs.releases);
  const addons = new Map(inputs.addonReleases);
  for (const { subject, release } of releases) {
    const text = releaseText(release);
    if (subject.of === "app") apps.set(`${subject.name}/${subject.step}`, text);
    else addons.set(`${subject.step}/${subject.name}`, text);
  }
  return { ...inputs, releases: apps, addonReleases: addons };
}

function changesOf(before: Dist, after: Dist, releases: readonly NextRelease[]): FileChanges {
  const changes = new Map<string, string | null>(
    releases.map(({ subject, release }) => [subjectPath(subject), releaseText(release)]),
  );
  for (const [path, content] of after) if (before.get(path) !== content) changes.set(inDist(path), content);
  for (const path of before.keys()) if (!after.has(path)) changes.set(inDist(path), null);
  return changes;
}
