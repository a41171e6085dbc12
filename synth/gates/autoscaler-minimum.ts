import { groupRoom } from "../checks/allocatable.ts";
import { allowance } from "../checks/allowance.ts";
import { leftOver } from "../checks/packing.ts";
import type { PodSet } from "../checks/packing.ts";
import { keepsApart, mayRunOn } from "../checks/placing.ts";
import { autoscalers, podCount } from "../checks/replicas.ts";
import type { Autoscaler } from "../checks/replicas.ts";
import { podDemand } from "../checks/requests.ts";
import { workloadText } from "../checks/workloads.ts";
import type { PodTemplate } from "../checks/workloads.ts";
import { podsOf } from "../changes/cluster-pods.ts";
import type { ClusterNodes } from "../changes/cost.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { clusterPath } from "../model/paths.ts";
import type { Problem } from "../model/problem.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import { gateProblem } from "./gate.ts";
import type { Gate, GateInput } from "./gate.ts";

/** No autoscaler is told to keep more pods than the cluster's nodes hold at their most. */
export const autoscalerMinimum: Gate = {
  id: "autoscaler-minimum",
  *run(input) {
    for (const cluster of input.clusters) {
      const raised = input.changes.replicas.some(
        ({ places, before, after }) =>
          places.some((place) => place.cluster === cluster.name) && (after?.min ?? 0) > (before?.min ?? 0),
      );
      // More of each pod is the same as more pods.
      if (raised || input.changes.cost.some((cost) => cost.cluster === cluster.name))
        yield* tooMany(input, cluster);
    }
  },
};

function* tooMany({ base, head }: GateInput, cluster: ClusterNodes): Iterable<Problem> {
  const before = new Map(shortages(base, cluster).map(({ scaler, missing }) => [nameOf(scaler), missing]));
  for (const { scaler, template, missing } of shortages(head, cluster)) {
    if (missing <= (before.get(nameOf(scaler)) ?? 0)) continue;
    yield gateProblem(
      autoscalerMinimum.id,
      { ...scaler.rendered, path: "", cluster: cluster.name, folder: "" },
      `it keeps at least ${scaler.min} pods of ${workloadText(template)}, ${missing} more than the nodes hold at their most: ${cluster.nodeGroups.map(({ name, max, instanceTypes }) => `${max} × ${instanceTypes[0]} (${name})`).join(", ")}`,
      `lower the minimum or the requests, or raise max of a node group in ${clusterPath(cluster.name)}`,
    );
  }
}

interface Shortage {
  readonly scaler: Autoscaler;
  readonly template: PodTemplate;
  /** Pods that find no node. */
  readonly missing: number;
}

/** Autoscaled workloads that find no room for their fewest pods, beside those of all others. */
function shortages(tree: DistTree, cluster: ClusterNodes): readonly Shortage[] {
  const index = podsOf(tree, cluster.name);
  const sets = podSets(index.templates, cluster, (template) => podCount(index, template).min);
  const without = leftOver(sets, nodesOf(cluster));
  return autoscalers(index).flatMap((scaler) => {
    const inNamespace = index.templatesIn(scaler.rendered.object.metadata.namespace);
    const template = inNamespace.find((each) => isTarget(scaler, each));
    const missing = template === undefined ? undefined : without.get(template);
    return template === undefined || missing === undefined ? [] : [{ scaler, template, missing }];
  });
}

function nameOf({ rendered }: Autoscaler): string {
  return objectName(rendered.object);
}

function isTarget({ target, name }: Autoscaler, template: PodTemplate): boolean {
  return template.kind === target && template.name === name;
}

function podSets(
  templates: readonly PodTemplate[],
  { nodeGroups }: ClusterNodes,
  count: (template: PodTemplate) => number,
): readonly PodSet<PodTemplate>[] {
  return templates.map((template) => ({
    of: template,
    count: count(template),
    demand: podDemand(template),
    groups: nodeGroups.filter((group) => mayRunOn(template, group)).map(({ name }) => name),
    apart: keepsApart(template),
  }));
}

/** Room of each node after what every node runs; of charts, which are not rendered, nothing is reckoned. */
function nodesOf({ provider, nodeGroups }: ClusterNodes) {
  return nodeGroups.map((group) => {
    const { cpu, memory, pods } = groupRoom(provider, group);
    const { perNode } = allowance;
    return {
      group: group.name,
      count: group.max,
      room: { cpu: cpu - perNode.cpu, memory: memory - perNode.memory, pods: pods - perNode.pods },
    };
  });
}
