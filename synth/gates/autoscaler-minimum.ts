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
import { podsOf, replicasByWorkload } from "../changes/cluster-pods.ts";
import type { ClusterNodes } from "../changes/cost.ts";
import type { Problem } from "../model/problem.ts";
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
  const index = podsOf(head, cluster.name);
  const former = replicasByWorkload(podsOf(base, cluster.name));
  const without = leftOver(
    podSets(index.templates, cluster, (template) => podCount(index, template).min),
    nodesOf(cluster),
  );
  for (const scaler of autoscalers(index)) {
    const template = index
      .templatesIn(scaler.rendered.object.metadata.namespace)
      .find((each) => isTarget(scaler, each));
    const missing = template === undefined ? undefined : without.get(template);
    if (template === undefined || missing === undefined) continue;
    const before = former.get(`${template.kind} ${template.namespace}/${template.name}`)?.range.min ?? 0;
    if (before >= scaler.min && podDemand(template).cpu === 0) continue;
    yield gateProblem(
      autoscalerMinimum.id,
      { ...scaler.rendered, path: "", cluster: cluster.name, folder: "" },
      `it keeps at least ${scaler.min} pods of ${workloadText(template)}, ${missing} more than the nodes hold at their most: ${cluster.nodeGroups.map(({ name, max, instanceTypes }) => `${max} × ${instanceTypes[0]} (${name})`).join(", ")}`,
      `lower the minimum or the requests, or raise max of a node group in clusters/${cluster.name}.ts`,
    );
  }
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
