import { ClusterIndex } from "../checks/index-objects.ts";
import { podCount } from "../checks/replicas.ts";
import type { PodTemplate } from "../checks/workloads.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import type { RenderedObject } from "../render/render.ts";
import type { DistObject } from "./dist-object.ts";
import type { DistTree } from "./dist-tree.ts";

/** Kinds that bring pods about. */
export const workloadKinds: readonly GroupKind[] = [
  "/Pod",
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/ReplicaSet",
  "apps/StatefulSet",
  "argoproj.io/Rollout",
  "batch/CronJob",
  "batch/Job",
];

/** Kinds that say how many. */
export const scalerKinds: readonly GroupKind[] = [
  "autoscaling/HorizontalPodAutoscaler",
  "keda.sh/ScaledObject",
];

/** The object as the rules of synth/checks take it. */
export function asRendered({ object, owner, definition }: DistObject): RenderedObject {
  return { object, owner, definition, stage: "main", stack: "" };
}

const indexes = new WeakMap<DistTree, Map<string, ClusterIndex>>();

/** The workloads of a cluster at one revision, with what scales and protects them. */
export function podsOf(tree: DistTree, cluster: string): ClusterIndex {
  const known = indexes.get(tree) ?? new Map<string, ClusterIndex>();
  indexes.set(tree, known);
  const index =
    known.get(cluster) ??
    new ClusterIndex({
      reconcilerNamespace: "",
      slices: [],
      objects: tree
        .objects(cluster, ...workloadKinds, ...scalerKinds, "policy/PodDisruptionBudget", "/Namespace")
        .map(asRendered),
    });
  known.set(cluster, index);
  return index;
}

/** How many pods of one workload run, at least and at most. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/** By workload, as `apps/Deployment shop/web`. */
export function replicasByWorkload(
  index: ClusterIndex,
): ReadonlyMap<string, { readonly template: PodTemplate; readonly range: ReplicaRange }> {
  return new Map(
    index.templates
      .filter(({ startedLater, kind }) => !startedLater && kind !== "apps/DaemonSet")
      .map((template) => [
        `${template.kind} ${template.namespace}/${template.name}`,
        { template, range: podCount(index, template) },
      ]),
  );
}
