import type { NodeGroup } from "#synth";

/** Nodes for one kind of workload only: others do not tolerate them. */
function reserved(group: Pick<NodeGroup, "name" | "instanceTypes" | "min" | "max">): NodeGroup {
  return {
    ...group,
    capacity: "on-demand",
    zones: ["us-west-2a"],
    taints: [{ key: "slipway.dev/node-group", value: group.name, effect: "NoSchedule" }],
  };
}

/**
 * The node groups that the conversation platform's document asks for, all in one zone. Its "no max
 * limit" is a number here: the nodes that every service needs at its own most replicas, and one spare.
 */
export const conversationNodeGroups: readonly [NodeGroup, ...NodeGroup[]] = [
  {
    name: "system",
    instanceTypes: ["m6i.xlarge"],
    min: 2,
    max: 4,
    capacity: "on-demand",
    zones: ["us-west-2a"],
  },
  // A Neo4j core of 16 GB leaves no room for anything on the document's smaller c5.2xlarge.
  reserved({ name: "database", instanceTypes: ["c5.4xlarge"], min: 2, max: 8 }),
  // 20 websocket pods and 3 of HAProxy, one CPU each: one a node.
  reserved({ name: "websocket", instanceTypes: ["c5.large", "c5.xlarge"], min: 2, max: 24 }),
  // 10 pods of two CPUs: one a node.
  reserved({ name: "navigator", instanceTypes: ["c5.xlarge", "c5.2xlarge"], min: 1, max: 11 }),
  // 15 pods of one CPU: one a node.
  reserved({ name: "call-initiation", instanceTypes: ["c5.large", "c5.xlarge"], min: 2, max: 16 }),
];

/** Which of these groups each part of the app runs on. */
export const conversationNodes = {
  database: "database",
  websocket: "websocket",
  navigator: "navigator",
  calls: "call-initiation",
} as const;
