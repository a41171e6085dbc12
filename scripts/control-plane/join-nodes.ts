import { field, list, text } from "../../synth/objects/json-fields.ts";
import { nodeGroupLabel } from "../../synth/kubernetes/labels.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { nodeOf } from "./nodes.ts";
import type { NodeShape } from "./nodes.ts";

const node = { apiVersion: "v1", kind: "Node" } as const;

/** Makes each group as large as it is to be. */
export async function joinNodes(
  client: KubernetesClient,
  groups: readonly NodeGroup[],
  count: (group: NodeGroup) => number,
  shape: NodeShape,
): Promise<void> {
  await Promise.all(groups.map((group) => scaleNodeGroup(client, group, count(group), shape)));
}

/** Adds the nodes that a group lacks, or takes away those with the highest numbers. */
export async function scaleNodeGroup(
  client: KubernetesClient,
  group: NodeGroup,
  count: number,
  shape: NodeShape,
): Promise<void> {
  const labelSelector = `${nodeGroupLabel}=${group.name}`;
  const there = await client.list({ ...node, labelSelector });
  const names = new Set(there.map(({ metadata }) => metadata.name));
  const wanted = Array.from({ length: count }, (_, index) => nodeOf(group, index, shape));
  for (const each of wanted) {
    if (!names.delete(each.metadata.name)) await client.create(each);
  }
  for (const name of names) await client.delete({ ...node, name });
}

/** Ready, and the scheduler may use it: the taints that a new node comes with are gone. */
export function isUsable(object: KubernetesObject): boolean {
  const ready = list(object, "status", "conditions").some(
    (condition) => text(condition, "type") === "Ready" && text(condition, "status") === "True",
  );
  const waiting = list(object, "spec", "taints").some((taint) =>
    String(field(taint, "key")).startsWith("node.kubernetes.io/"),
  );
  return ready && !waiting;
}
