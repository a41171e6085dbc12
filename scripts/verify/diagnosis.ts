import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { text } from "../../synth/objects/json-fields.ts";
import type { KubernetesClient } from "../kubernetes/client.ts";
import { conditionLines, phaseOf } from "./record/readiness.ts";

/** Most events of an object that a problem quotes: the latest ones tell the most. */
const mostEvents = 3;

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
