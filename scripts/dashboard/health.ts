import { field, list, number, text } from "../../synth/objects/json-fields.ts";
import { groupKindOf, groupOf } from "../../synth/objects/group-kind.ts";
import type { GroupKind } from "../../synth/objects/group-kind.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Judged } from "./model.ts";
import {
  daemonSetHealth,
  deploymentHealth,
  jobHealth,
  podHealth,
  statefulSetHealth,
} from "./workload-health.ts";

const healthy: Judged = { health: "healthy" };

/** Kinds of Kubernetes' own that may be unwell. */
const rules: ReadonlyMap<GroupKind, (object: KubernetesObject) => Judged> = new Map([
  ["apps/Deployment", deploymentHealth],
  ["apps/StatefulSet", statefulSetHealth],
  ["apps/DaemonSet", daemonSetHealth],
  ["batch/Job", jobHealth],
  ["/Pod", podHealth],
  [
    "batch/CronJob",
    (object) => (field(object, "spec", "suspend") === true ? { health: "suspended" } : healthy),
  ],
  ["/PersistentVolumeClaim", claimHealth],
  ["/Namespace", () => healthy],
  ["/Service", (object) => (isBalanced(object) ? addressHealth(object) : healthy)],
  ["networking.k8s.io/Ingress", addressHealth],
  ["autoscaling/HorizontalPodAutoscaler", autoscalerHealth],
  ["apiextensions.k8s.io/CustomResourceDefinition", conditionHealth],
  ["apiregistration.k8s.io/APIService", conditionHealth],
]);

/** Whether objects of a kind can be unwell, so that they are worth looking at. Secrets are never looked at. */
export function hasHealth(group: string, kind: string): boolean {
  return rules.has(`${group}/${kind}`) || isCustom(group);
}

/** Custom resources have groups with a domain that is not Kubernetes' own. */
function isCustom(group: string): boolean {
  return group.includes(".") && !group.endsWith(".k8s.io");
}

/** How an object is; undefined for one that is well by being there. */
export function healthOf(object: KubernetesObject): Judged | undefined {
  if (object.metadata["deletionTimestamp"] !== undefined) {
    return { health: "progressing", message: "is being deleted" };
  }
  const rule = rules.get(groupKindOf(object));
  if (rule !== undefined) return rule(object);
  return isCustom(groupOf(object.apiVersion)) ? customHealth(object) : undefined;
}

function claimHealth(object: KubernetesObject): Judged {
  const phase = text(object, "status", "phase");
  if (phase === "Bound") return healthy;
  if (phase === "Lost") return { health: "degraded", message: "its volume is gone" };
  return { health: "progressing", message: "has no volume yet" };
}

function isBalanced(object: KubernetesObject): boolean {
  return text(object, "spec", "type") === "LoadBalancer";
}

function addressHealth(object: KubernetesObject): Judged {
  if (list(object, "status", "loadBalancer", "ingress").length > 0) return healthy;
  return { health: "progressing", message: "has no address yet" };
}

function autoscalerHealth(object: KubernetesObject): Judged {
  const failed = list(object, "status", "conditions").find(
    (condition) => text(condition, "type") !== "ScalingLimited" && text(condition, "status") === "False",
  );
  if (failed === undefined) return healthy;
  // Figures come a minute after their pods.
  const isStuck = text(failed, "type") === "AbleToScale";
  return { health: isStuck ? "degraded" : "progressing", ...said(failed) };
}

/** A condition that says it is well: the first of these that the object has. */
const wellNames = ["Ready", "Available", "Established", "Healthy"];

function conditionHealth(object: KubernetesObject): Judged {
  return customHealth(object) ?? { health: "progressing", message: "has not been looked at yet" };
}

function customHealth(object: KubernetesObject): Judged | undefined {
  if (field(object, "spec", "suspend") === true) return { health: "suspended" };
  const conditions = list(object, "status", "conditions");
  const named = (type: string) => conditions.find((condition) => text(condition, "type") === type);
  const stalled = named("Stalled");
  if (text(stalled, "status") === "True") return { health: "degraded", ...said(stalled) };
  const well = wellNames.map(named).find((condition) => condition !== undefined);
  if (well === undefined) return undefined;
  if (isStale(object, well)) return { health: "progressing", message: "its last change is not taken up yet" };
  if (text(well, "status") === "True") return healthy;
  const isAtWork =
    text(well, "status") === "Unknown" ||
    text(named("Reconciling"), "status") === "True" ||
    /Progressing|Pending|NotReady$|Issuing|DoesNotExist/.test(text(well, "reason") ?? "");
  return { health: isAtWork ? "progressing" : "degraded", ...said(well) };
}

function isStale(object: KubernetesObject, condition: unknown): boolean {
  const seen = number(condition, "observedGeneration") ?? number(object, "status", "observedGeneration");
  return seen !== undefined && seen < (number(object.metadata, "generation") ?? 0);
}

function said(condition: unknown): { readonly message?: string } {
  const message = (text(condition, "message") || text(condition, "reason") || "").trim();
  return message === "" ? {} : { message };
}
