import { field, list, number, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Judged } from "./model.ts";

const healthy: Judged = { health: "healthy" };
const unseen: Judged = { health: "progressing", message: "its last change is not taken up yet" };

export function deploymentHealth(object: KubernetesObject): Judged {
  if (field(object, "spec", "paused") === true) return { health: "suspended", message: "is paused" };
  const progress = conditionOf(object, "Progressing");
  if (text(progress, "reason") === "ProgressDeadlineExceeded") {
    return { health: "degraded", message: text(progress, "message") ?? "does not get ready" };
  }
  const failure = conditionOf(object, "ReplicaFailure");
  if (text(failure, "status") === "True") {
    return { health: "degraded", message: text(failure, "message") ?? "cannot make its pods" };
  }
  const wanted = number(object, "spec", "replicas") ?? 1;
  const updated = count(object, "updatedReplicas");
  if (!isSeen(object)) return unseen;
  if (updated < wanted) return progressing(updated, wanted, "updated");
  if (count(object, "replicas") > updated) return { health: "progressing", message: "old pods still end" };
  const available = count(object, "availableReplicas");
  return available < wanted ? progressing(available, wanted, "available") : healthy;
}

export function statefulSetHealth(object: KubernetesObject): Judged {
  const wanted = number(object, "spec", "replicas") ?? 1;
  const ready = count(object, "readyReplicas");
  if (!isSeen(object)) return unseen;
  if (ready < wanted) return progressing(ready, wanted, "ready");
  const rolls = text(object, "spec", "updateStrategy", "type") !== "OnDelete";
  const updated = count(object, "updatedReplicas");
  // Kubernetes leaves the count out of a set that has never been changed.
  const isCurrent = text(object, "status", "currentRevision") === text(object, "status", "updateRevision");
  return rolls && !isCurrent && updated < wanted ? progressing(updated, wanted, "updated") : healthy;
}

export function daemonSetHealth(object: KubernetesObject): Judged {
  const wanted = count(object, "desiredNumberScheduled");
  const updated = count(object, "updatedNumberScheduled");
  const rolls = text(object, "spec", "updateStrategy", "type") !== "OnDelete";
  if (!isSeen(object)) return unseen;
  if (rolls && updated < wanted) return progressing(updated, wanted, "updated");
  const available = count(object, "numberAvailable");
  return available < wanted ? progressing(available, wanted, "available") : healthy;
}

export function jobHealth(object: KubernetesObject): Judged {
  const failed = conditionOf(object, "Failed");
  if (text(failed, "status") === "True") {
    return { health: "degraded", message: text(failed, "message") ?? "failed" };
  }
  if (text(conditionOf(object, "Complete"), "status") === "True") return healthy;
  if (field(object, "spec", "suspend") === true) return { health: "suspended" };
  return { health: "progressing", message: "runs" };
}

export function podHealth(object: KubernetesObject): Judged {
  const phase = text(object, "status", "phase");
  if (phase === "Succeeded") return healthy;
  if (phase === "Failed")
    return { health: "degraded", message: text(object, "status", "message") ?? "failed" };
  const waiting = list(object, "status", "containerStatuses")
    .map((status) => field(status, "state", "waiting"))
    .find((state) => /BackOff|Err/.test(text(state, "reason") ?? ""));
  if (waiting !== undefined) {
    return { health: "degraded", message: text(waiting, "message") ?? text(waiting, "reason") ?? "fails" };
  }
  if (text(conditionOf(object, "Ready"), "status") === "True") return healthy;
  return { health: "progressing", message: phase ?? "Pending" };
}

function conditionOf(object: KubernetesObject, type: string): unknown {
  return list(object, "status", "conditions").find((condition) => text(condition, "type") === type);
}

function isSeen(object: KubernetesObject): boolean {
  const generation = number(object.metadata, "generation") ?? 0;
  return (number(object, "status", "observedGeneration") ?? 0) >= generation;
}

function count(object: KubernetesObject, name: string): number {
  return number(object, "status", name) ?? 0;
}

function progressing(done: number, wanted: number, what: string): Judged {
  return { health: "progressing", message: `${done} of ${wanted} ${what}` };
}
