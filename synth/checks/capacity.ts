import type { NodeGroup } from "../model/node-group.ts";
import type { Problem } from "../model/problem.ts";
import { groupRoom } from "./allocatable.ts";
import type { NodeRoom } from "./allocatable.ts";
import { allowance } from "./allowance.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { leftOver } from "./packing.ts";
import type { PodSet } from "./packing.ts";
import { keepsApart, mayRunOn } from "./placing.ts";
import { cpuText, memoryText } from "./quantity.ts";
import { podCount } from "./replicas.ts";
import { podDemand } from "./requests.ts";
import { workloadText } from "./workloads.ts";
import type { PodTemplate } from "./workloads.ts";

/**
 * Everything fits the nodes: at the autoscalers' maximum on the node groups' maximum, and, where nothing adds
 * nodes, at the autoscalers' minimum on their minimum. Volumes bound to a zone are not reckoned with.
 */
export const capacity: Check = {
  id: "capacity",
  *run(input) {
    const rooms = roomByGroup(input);
    const fitting: PodTemplate[] = [];
    for (const template of indexOf(input).templates) {
      const misfit = tooLarge(input, template, rooms);
      if (misfit === undefined) fitting.push(template);
      else yield misfit;
    }
    const short = [...shortage(input, fitting, rooms, "max")];
    yield* short;
    if (short.length === 0 && input.cluster.capabilities.nodeScaling === undefined) {
      yield* shortage(input, fitting, rooms, "min");
    }
  },
};

/** Room on a node of each group, after what runs on all of its nodes. */
function roomByGroup(input: RenderedCluster): ReadonlyMap<NodeGroup, NodeRoom> {
  const daemons = indexOf(input).templates.filter(({ kind }) => kind === "apps/DaemonSet");
  return new Map(
    input.cluster.view.nodeGroups.map((group) => {
      const { cpu, memory, pods } = groupRoom(input.cluster.view.provider, group);
      const own = daemons.filter((daemon) => mayRunOn(daemon, group)).map((daemon) => podDemand(daemon));
      return [
        group,
        {
          cpu: own.reduce((left, demand) => left - demand.cpu, cpu - allowance.perNode.cpu),
          memory: own.reduce((left, demand) => left - demand.memory, memory - allowance.perNode.memory),
          pods: pods - allowance.perNode.pods - own.length,
        },
      ];
    }),
  );
}

/** A pod for which no node is large enough, however empty; those started at run time, too. */
function tooLarge(
  input: RenderedCluster,
  template: PodTemplate,
  rooms: ReadonlyMap<NodeGroup, NodeRoom>,
): Problem | undefined {
  if (template.kind === "apps/DaemonSet") return undefined;
  const groups = [...rooms.keys()].filter((group) => mayRunOn(template, group));
  const demand = podDemand(template);
  const fits = groups.some((group) => {
    const room = rooms.get(group);
    return room !== undefined && demand.cpu <= room.cpu && demand.memory <= room.memory;
  });
  if (fits) return undefined;
  const largest = groups
    .map((group) => `${group.name} (${group.instanceTypes.join(", ")}) has ${roomText(rooms.get(group))}`)
    .join("; ");
  return objectProblem(
    capacity.id,
    input,
    template.source,
    groups.length === 0
      ? `no node group takes pods of ${workloadText(template)}: their node selector or the groups' taints keep them out`
      : `a pod of ${workloadText(template)} asks for ${cpuText(demand.cpu)} and ${memoryText(demand.memory)}, more than any node can give: ${largest}`,
    groups.length === 0
      ? `set nodeGroup to one of ${input.cluster.definition}: ${[...rooms.keys()].map(({ name }) => name).join(", ")}`
      : "choose a node group of larger instances, or ask for less",
    template.path,
  );
}

function* shortage(
  input: RenderedCluster,
  templates: readonly PodTemplate[],
  rooms: ReadonlyMap<NodeGroup, NodeRoom>,
  bound: "min" | "max",
): Iterable<Problem> {
  const index = indexOf(input);
  const groups = [...rooms.keys()];
  const nodes = [...rooms].map(([group, room]) => ({ group: group.name, count: group[bound], room }));
  const pods = templates.map((template): PodSet<PodTemplate | "charts"> => ({
    of: template,
    count: podCount(index, template)[bound],
    demand: podDemand(template),
    groups: groups.filter((group) => mayRunOn(template, group)).map(({ name }) => name),
    apart: keepsApart(template),
  }));
  const without = leftOver([...pods, chartPods(input)], nodes);
  const size = groups
    .map((group) => `${group[bound]} × ${group.instanceTypes[0]} (${group.name})`)
    .join(", ");
  const fix = `raise ${bound} of a node group in ${input.cluster.definition}, or lower requests or replicas`;
  for (const [of, count] of without) {
    if (of === "charts") {
      yield {
        rule: capacity.id,
        at: { definition: input.cluster.definition, cluster: input.cluster.view.name },
        what: `${count} pods of add-ons find no room on ${size}`,
        fix,
      };
      continue;
    }
    const each = podDemand(of);
    const all = podCount(index, of)[bound];
    yield objectProblem(
      capacity.id,
      input,
      of.source,
      `${count} of ${all} pods of ${workloadText(of)} (${cpuText(each.cpu)}, ${memoryText(each.memory)} each) find no room on ${size}, with everything at its ${bound === "max" ? "maximum" : "minimum"}`,
      fix,
    );
  }
}

/** The controllers of charts, on groups that take any pod. */
function chartPods(input: RenderedCluster): PodSet<"charts"> {
  const { cpu, memory, pods } = allowance.perChart;
  const count = indexOf(input).charts.length * pods;
  const groups = input.cluster.view.nodeGroups.filter(({ taints = [] }) =>
    taints.every(({ effect }) => effect === "PreferNoSchedule"),
  );
  return {
    of: "charts",
    count,
    demand: { cpu: cpu / pods, memory: memory / pods },
    groups: groups.map(({ name }) => name),
    apart: false,
  };
}

function roomText(room: NodeRoom | undefined): string {
  return room === undefined ? "nothing" : `${cpuText(room.cpu)}, ${memoryText(room.memory)}`;
}
