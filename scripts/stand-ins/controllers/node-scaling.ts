import { mayRunOn } from "../../../synth/checks/placing.ts";
import { nodeGroupLabel } from "../../../synth/kubernetes/labels.ts";
import type { NodeGroup } from "../../../synth/model/node-group.ts";
import { fields, list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

export interface NodeScaling {
  readonly nodeGroups: readonly NodeGroup[];
  /** Makes a group as large as this. */
  readonly scale: (group: string, count: number) => Promise<void>;
}

/** Milliseconds until another node may come: the scheduler needs one or two to use the last. */
const pause = 3000;
/** What the scheduler says where one more node of the same sort helps; a volume or a label that is missing it does not bring. */
const lacksRoom = /Insufficient|Too many pods|anti-affinity rules|topology spread constraints/;

/**
 * Brings a node of the first group that may take a pod and is not at its most, where the pod finds no room; one node at
 * a time. None is ever taken away: that is for those who scale the group themselves.
 */
export function nodeAutoscaler({ nodeGroups, scale }: NodeScaling): StandIn {
  let lastAt = 0;
  const bring = async (pod: KubernetesObject, { client, note }: StandInContext): Promise<void> => {
    for (const group of nodeGroups.filter((each) => mayRunOn({ spec: fields(pod, "spec") }, each))) {
      const labelSelector = `${nodeGroupLabel}=${group.name}`;
      const nodes = await client.list({ apiVersion: "v1", kind: "Node", labelSelector });
      if (nodes.length >= group.max) continue;
      note(pod);
      return scale(group.name, nodes.length + 1);
    }
  };
  return {
    standsInFor: "cluster-autoscaler: simulated nodes for pods that find no room",
    watches: { apiVersion: "v1", kind: "Pod" },
    async reconcile(pod, context) {
      if (!findsNoRoom(pod)) return undefined;
      const now = Date.now();
      if (now - lastAt >= pause) {
        lastAt = now;
        await bring(pod, context);
      }
      return pause;
    },
  };
}

function findsNoRoom(pod: KubernetesObject): boolean {
  if (text(pod, "spec", "nodeName") !== undefined || text(pod.metadata, "deletionTimestamp") !== undefined)
    return false;
  return list(pod, "status", "conditions").some(
    (condition) =>
      text(condition, "type") === "PodScheduled" &&
      text(condition, "reason") === "Unschedulable" &&
      lacksRoom.test(text(condition, "message") ?? ""),
  );
}
