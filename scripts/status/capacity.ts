import { costOf } from "../../synth/changes/cost.ts";
import type { GroupCost } from "../../synth/changes/cost.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import type { Cluster } from "../../synth/model/cluster.ts";

/** What the pods of a node group ask for, and what its nodes have; at the autoscalers' minimum and maximum. */
export type GroupCapacity = Pick<GroupCost, "cluster" | "groups" | "room"> & {
  readonly demand: GroupCost["after"];
};

/** Pods of charts that a reconciler pulls are not known, and not in these figures. */
export function capacityOf(tree: DistTree, clusters: readonly Cluster[]): readonly GroupCapacity[] {
  const nothing = new DistTree(new Map());
  return clusters
    .flatMap((cluster) => costOf(nothing, tree, cluster))
    .map(({ cluster, groups, room, after }) => ({ cluster, groups, room, demand: after }));
}
