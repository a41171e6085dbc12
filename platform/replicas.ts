import type { ClusterView } from "#synth";

/** Replicas of a controller: a second one where a second node is always there to run it. */
export function replicas(cluster: ClusterView): 1 | 2 {
  const untainted = cluster.nodeGroups.filter(({ taints = [] }) => taints.length === 0);
  return untainted.reduce((nodes, { min }) => nodes + min, 0) > 1 ? 2 : 1;
}
