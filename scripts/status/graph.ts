import type { Layer } from "../../synth/model/layer.ts";
import type { ResolvedCluster } from "../../synth/resolve/resolve.ts";

/** A slice in the order in which a cluster takes it up. */
export interface GraphNode {
  readonly owner: string;
  readonly layer: Layer;
  /** Number of slices on the longest chain below it: its column. */
  readonly depth: number;
  /** Owners it waits for, without those that another of them waits for anyway. */
  readonly waitsFor: readonly string[];
}

export interface ClusterGraph {
  readonly cluster: string;
  readonly nodes: readonly GraphNode[];
}

/** The dependencies of a cluster's slices, as few lines as tell the order. */
export function clusterGraph({ view, order }: ResolvedCluster): ClusterGraph {
  const below = new Map<string, ReadonlySet<string>>();
  const depths = new Map<string, number>();
  // Dependencies come first in the order.
  const nodes = order.map(({ owner, layer, dependsOn }): GraphNode => {
    const all = new Set(dependsOn.flatMap((each) => [each, ...(below.get(each) ?? [])]));
    below.set(owner, all);
    const depth = Math.max(-1, ...dependsOn.map((each) => depths.get(each) ?? 0)) + 1;
    depths.set(owner, depth);
    const direct = dependsOn.filter((each) => !dependsOn.some((other) => below.get(other)?.has(each)));
    return { owner, layer, depth, waitsFor: [...new Set(direct)].toSorted() };
  });
  return { cluster: view.name, nodes };
}
