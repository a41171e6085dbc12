import { releaseFacts } from "./checks/release-facts.ts";
import type { FileSpec } from "./layout/file-spec.ts";
import type { Cluster } from "./model/cluster.ts";
import type { Fleet } from "./model/fleet.ts";
import type { Problem } from "./model/problem.ts";
import { subjectOwner } from "./model/release.ts";
import type { Release, Subject } from "./model/release.ts";
import type { SliceFile } from "./release/slice-files.ts";
import type { Inputs } from "./resolve/inputs.ts";
import { synthesizeCluster } from "./synthesize.ts";

/** What a subject renders from its definitions as they are now, frozen or not. */
export interface RenderedRelease {
  /** Files of its slice by cluster. */
  readonly slices: Readonly<Record<string, readonly SliceFile[]>>;
  /** Versions of the charts that they hold, by chart. */
  readonly charts: Readonly<Record<string, string>>;
}

/** Clusters that a subject stands on, or would stand on. */
export function clustersOf({ clusters }: Fleet, { of, name, step }: Subject): readonly Cluster[] {
  return clusters.filter(({ group, placements }) =>
    of === "addon"
      ? group === step
      : placements.some(({ app, environment }) => app === name && environment === step),
  );
}

/** Renders the slices of a subject, with these images, wherever it stands. Pure. */
export function renderRelease(
  fleet: Fleet,
  inputs: Inputs,
  subject: Subject,
  images: Release["images"],
): { readonly rendered: RenderedRelease; readonly problems: readonly Problem[] } {
  const owner = subjectOwner(subject);
  const thawed: Inputs = { ...inputs, thaw: { subject, images } };
  const results = clustersOf(fleet, subject).map((cluster) => synthesizeCluster(fleet, cluster, thawed));
  const own = results.map(({ name, files }) => [name, files.filter((file) => file.owner === owner)] as const);
  const charts = results.flatMap(({ rendered }) =>
    (rendered?.slices ?? []).flatMap(({ slice }) =>
      slice.owner === owner && slice.chart ? [[slice.chart.name, slice.chart.version] as const] : [],
    ),
  );
  return {
    rendered: {
      slices: Object.fromEntries(
        own.filter(([, files]) => files.length > 0).map(([name, files]) => [name, files.map(asSliceFile)]),
      ),
      charts: Object.fromEntries(charts),
    },
    // What others are frozen with is no matter of this one: it may be the first of several that get new facts.
    problems: results.flatMap((result) => result.problems.filter(({ rule }) => rule !== releaseFacts.id)),
  };
}

function asSliceFile({ path, content }: FileSpec): SliceFile {
  return { path, content };
}
