import { groupRoom } from "../checks/allocatable.ts";
import type { NodeRoom } from "../checks/allocatable.ts";
import type { ClusterIndex } from "../checks/index-objects.ts";
import { mayRunOn } from "../checks/placing.ts";
import { podCount } from "../checks/replicas.ts";
import { podDemand } from "../checks/requests.ts";
import type { Cluster } from "../model/cluster.ts";
import type { NodeGroup } from "../model/node-group.ts";
import { podsOf } from "./cluster-pods.ts";
import type { DistTree } from "./dist-tree.ts";

/** What is known of a cluster beside its objects. */
export type ClusterNodes = Pick<Cluster, "name" | "provider" | "kubernetes" | "nodeGroups">;

/** Requests of pods together: cores, bytes and pods. */
export type Demand = NodeRoom;

/** At the autoscalers' minimum and at their maximum. */
export interface Bounds<T> {
  readonly min: T;
  readonly max: T;
}

/** What the pods of one node group ask for, before and after. */
export interface GroupCost {
  readonly cluster: string;
  /** Node groups that these pods may run on; more than one where they may choose. */
  readonly groups: readonly string[];
  readonly before: Bounds<Demand>;
  readonly after: Bounds<Demand>;
  /** What the nodes of these groups have for pods, at the groups' minimum and maximum. */
  readonly room: Bounds<Demand>;
}

const nothing: Demand = { cpu: 0, memory: 0, pods: 0 };

/** Node groups whose pods ask for more or less than before. Pods of charts that the reconciler pulls are not known. */
export function costOf(base: DistTree, head: DistTree, cluster: ClusterNodes): readonly GroupCost[] {
  const before = demandByGroups(podsOf(base, cluster.name), cluster);
  const after = demandByGroups(podsOf(head, cluster.name), cluster);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, now] = [before.get(key) ?? none(), after.get(key) ?? none()];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const groups = cluster.nodeGroups.filter(({ name }) => key.split(" ").includes(name));
    return [
      {
        cluster: cluster.name,
        groups: groups.map(({ name }) => name),
        before: old,
        after: now,
        room: { min: roomOf(cluster, groups, "min"), max: roomOf(cluster, groups, "max") },
      },
    ];
  });
}

function none(): Bounds<Demand> {
  return { min: nothing, max: nothing };
}

/** By the names of the groups, joined: what may run on several belongs to none of them. */
function demandByGroups(
  index: ClusterIndex,
  { nodeGroups }: ClusterNodes,
): ReadonlyMap<string, Bounds<Demand>> {
  const sums = new Map<string, Bounds<Demand>>();
  const add = (groups: readonly NodeGroup[], each: Demand, count: Bounds<number>): void => {
    const key = groups.map(({ name }) => name).join(" ");
    const sum = sums.get(key) ?? none();
    sums.set(key, { min: plus(sum.min, each, count.min), max: plus(sum.max, each, count.max) });
  };
  for (const template of index.templates) {
    if (template.startedLater) continue;
    const each = { ...podDemand(template), pods: 1 };
    const groups = nodeGroups.filter((group) => mayRunOn(template, group));
    // One pod on every node.
    if (template.kind === "apps/DaemonSet") for (const group of groups) add([group], each, group);
    else add(groups, each, podCount(index, template));
  }
  return sums;
}

function plus(sum: Demand, each: Demand, count: number): Demand {
  return {
    cpu: rounded(sum.cpu + each.cpu * count),
    memory: sum.memory + each.memory * count,
    pods: sum.pods + count,
  };
}

/** Thousandths of a core, as Kubernetes counts them: what is left of 0.1 + 0.2 is no difference. */
function rounded(cores: number): number {
  return Math.round(cores * 1000) / 1000;
}

function roomOf({ provider }: ClusterNodes, groups: readonly NodeGroup[], bound: "min" | "max"): Demand {
  return groups.reduce((sum, group) => {
    const room = groupRoom(provider, group);
    const count = group[bound];
    return {
      cpu: rounded(sum.cpu + room.cpu * count),
      memory: sum.memory + room.memory * count,
      pods: sum.pods + room.pods * count,
    };
  }, nothing);
}
