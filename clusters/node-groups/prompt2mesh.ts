import type { NodeGroup } from "#synth";

const name = "instances";

/**
 * Nodes of users' own instances, which may be interrupted; nothing else runs there. Types are alike, so that one running
 * out is no matter.
 */
export function instanceNodes(max: number): NodeGroup {
  return {
    name,
    instanceTypes: ["t3.xlarge", "m6i.xlarge", "m7i.xlarge"],
    min: 0,
    max,
    capacity: "spot",
    taints: [{ key: "slipway.dev/node-group", value: name, effect: "NoSchedule" }],
  };
}
