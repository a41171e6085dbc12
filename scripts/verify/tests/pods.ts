import { field, fields, list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** A pod as the scheduler left it. */
export interface ScheduledPod {
  readonly object: KubernetesObject;
  readonly node: string | undefined;
  /** What the scheduler says, where it found no node. */
  readonly reason: string | undefined;
}

/** Pods that are to run, not those that ran to their end or are on their way out. */
export function pods(objects: Iterable<KubernetesObject>): readonly ScheduledPod[] {
  return [...objects]
    .filter(
      (object) =>
        object.kind === "Pod" &&
        text(object.metadata, "deletionTimestamp") === undefined &&
        !["Succeeded", "Failed"].includes(text(object, "status", "phase") ?? ""),
    )
    .map((object) => ({ object, node: text(object, "spec", "nodeName"), reason: unschedulable(object) }));
}

function unschedulable(object: KubernetesObject): string | undefined {
  const condition = list(object, "status", "conditions").find(
    (each) => text(each, "type") === "PodScheduled" && text(each, "status") === "False",
  );
  return condition === undefined ? undefined : text(condition, "message");
}

/** The node labels that a pod asks for. */
export function wantedLabels(pod: KubernetesObject): Readonly<Record<string, string>> {
  return stringMap(pod, "spec", "nodeSelector");
}

/** Taints of a node that keep out a pod that does not tolerate them, as `key=value:effect`. */
export function forbiddingTaints(pod: KubernetesObject, node: KubernetesObject): readonly string[] {
  const tolerations = list(pod, "spec", "tolerations");
  return list(node, "spec", "taints")
    .filter(
      (taint) =>
        text(taint, "effect") !== "PreferNoSchedule" && !tolerations.some((each) => tolerates(each, taint)),
    )
    .map((taint) => `${text(taint, "key")}=${text(taint, "value") ?? ""}:${text(taint, "effect")}`);
}

function tolerates(toleration: unknown, taint: unknown): boolean {
  const { key, effect, operator, value } = fields(toleration);
  const anyKey = key === undefined || key === "";
  return (
    (effect === undefined || effect === "" || effect === field(taint, "effect")) &&
    (anyKey ? operator === "Exists" : key === field(taint, "key")) &&
    (operator === "Exists" || (value ?? "") === (field(taint, "value") ?? ""))
  );
}
