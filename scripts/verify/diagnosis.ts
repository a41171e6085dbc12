import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { text } from "../../synth/objects/json-fields.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { conditionLines, hasCondition, phaseOf } from "./record/readiness.ts";
import { byUid, rootOwner } from "./tests/owners.ts";

/** Most events of an object that a problem quotes: the latest ones tell the most. */
const mostEvents = 3;

/** What an object and those made for it, such as a workload's pods, say of themselves. */
export async function stateWithin(
  client: KubernetesClient,
  object: KubernetesObject,
  all: readonly KubernetesObject[],
): Promise<string> {
  const objects = byUid(all);
  const pod = all.find(
    (each) =>
      each.kind === "Pod" &&
      !hasCondition(each, "Ready") &&
      rootOwner(each, objects).metadata["uid"] === object.metadata["uid"],
  );
  const own = await stateOf(client, object);
  return pod === undefined ? own : `${own}; ${objectName(pod)}: ${await stateOf(client, pod)}`;
}

/** What an object says of itself: its phase, the conditions that are not well, and its latest warnings. */
export async function stateOf(client: KubernetesClient, object: KubernetesObject): Promise<string> {
  const phase = phaseOf(object);
  const lines = [
    ...(phase === undefined ? [] : [`phase ${phase}`]),
    ...conditionLines(object),
    ...(await warnings(client, object)),
  ];
  return lines.length === 0 ? `${objectName(object)} says nothing of itself` : lines.join("; ");
}

async function warnings(client: KubernetesClient, object: KubernetesObject): Promise<readonly string[]> {
  const { name, namespace } = object.metadata;
  const events = await client
    .list({
      apiVersion: "v1",
      kind: "Event",
      ...(namespace !== undefined && { namespace }),
      fieldSelector: `involvedObject.kind=${object.kind},involvedObject.name=${name}`,
    })
    .catch(() => []);
  return events
    .filter((event) => text(event, "type") === "Warning")
    .map((event) => `event ${text(event, "reason") ?? ""}: ${text(event, "message") ?? ""}`)
    .slice(-mostEvents);
}
