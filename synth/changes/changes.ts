import { kubernetesVersions } from "../model/names.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { schemaSet } from "../schemas/schema-set.ts";
import { replicasByWorkload, podsOf, scalerKinds, workloadKinds } from "./cluster-pods.ts";
import type { ReplicaRange } from "./cluster-pods.ts";
import { costOf } from "./cost.ts";
import type { ClusterNodes, GroupCost } from "./cost.ts";
import type { DistTree } from "./dist-tree.ts";
import { fold } from "./fold.ts";
import type { FoldedChange } from "./fold.ts";
import { matchTrees } from "./match.ts";
import type { Pair, UnreadableFile } from "./match.ts";
import { objectChange } from "./object-change.ts";
import type { ObjectChange } from "./object-change.ts";
import { placeOf, placeText, subjectOf } from "./place.ts";
import type { Place, Subject } from "./place.ts";
import { versionChanges } from "./versions.ts";
import type { VersionChange } from "./versions.ts";

/** A workload that runs more or fewer pods. */
export interface ReplicaChange {
  readonly subject: Subject;
  /** `Deployment web` */
  readonly workload: string;
  readonly before: ReplicaRange | undefined;
  readonly after: ReplicaRange | undefined;
  readonly places: readonly Pick<Place, "cluster" | "environment">[];
}

/** What is between two revisions of dist. */
export interface Changes {
  /** One entry for each object of each cluster that differs, noise included. */
  readonly objects: readonly ObjectChange[];
  /** What changes in clusters; the same in several places is one. */
  readonly folded: readonly FoldedChange[];
  /** Objects in which nothing but noise changes, folded. */
  readonly noise: readonly FoldedChange[];
  readonly versions: readonly VersionChange[];
  readonly replicas: readonly ReplicaChange[];
  readonly cost: readonly GroupCost[];
  readonly unreadable: readonly UnreadableFile[];
}

/**
 * Compares two revisions of dist by their objects. Of files that are the same in both, those of workloads are read where
 * a cluster's pods are counted, and no others.
 *
 * @param clusters what is known of the clusters' nodes; the cost of one that is missing is not reckoned
 */
export function compareTrees(base: DistTree, head: DistTree, clusters: readonly ClusterNodes[]): Changes {
  const { pairs, unreadable } = matchTrees(base, head);
  const objects = pairs.flatMap((pair) => objectChange(pair, schemasOf(clusters, pair)) ?? []);
  const counted = clustersWithOtherPods(objects);
  return {
    objects,
    folded: fold(objects.filter(isReal)),
    noise: fold(objects.filter((change) => !isReal(change))),
    versions: versionChanges(objects),
    replicas: replicaChanges(base, head, counted),
    cost: clusters
      .filter(({ name }) => counted.includes(name))
      .flatMap((cluster) => costOf(base, head, cluster)),
    unreadable,
  };
}

function isReal({ effects }: ObjectChange): boolean {
  return effects.length > 0;
}

/** A cluster that is no longer in the fleet is read with the newest schemas. */
function schemasOf(clusters: readonly ClusterNodes[], { before, after }: Pair): SchemaSet {
  const name = (after ?? before)?.cluster;
  const version = clusters.find((cluster) => cluster.name === name)?.kubernetes ?? kubernetesVersions.at(-1);
  return schemaSet(version ?? kubernetesVersions[0]);
}

function clustersWithOtherPods(objects: readonly ObjectChange[]): readonly string[] {
  const kinds = new Set<string>([...workloadKinds, ...scalerKinds]);
  return [
    ...new Set(objects.filter(({ kind }) => kinds.has(kind)).map(({ place }) => place.cluster)),
  ].toSorted();
}

function replicaChanges(
  base: DistTree,
  head: DistTree,
  clusters: readonly string[],
): readonly ReplicaChange[] {
  const singles = clusters.flatMap((cluster) => {
    const [before, after] = [base, head].map((tree) => replicasByWorkload(podsOf(tree, cluster)));
    return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((key) => {
      const [old, now] = [before?.get(key), after?.get(key)];
      const template = (now ?? old)?.template;
      // A Job's name changes with its pod; that it runs again is told where it is replaced.
      if (template === undefined || template.kind.startsWith("batch/")) return [];
      if (old?.range.min === now?.range.min && old?.range.max === now?.range.max) return [];
      const found = { ...template.source, path: "", cluster, folder: "" };
      const workload = `${template.kind.slice(template.kind.indexOf("/") + 1)} ${template.name}`;
      return [
        { subject: subjectOf(found), place: placeOf(found), workload, before: old?.range, after: now?.range },
      ];
    });
  });
  const groups = Map.groupBy(singles, ({ subject, workload, before, after }) =>
    JSON.stringify([subject, workload, before, after]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const places = new Map(group.map(({ place }) => [placeText(place), place]));
    const { place: _, ...rest } = first;
    return [{ ...rest, places: [...places.values()] }];
  });
}
