import { field, list, number, text } from "../../../synth/objects/json-fields.ts";
import { groupKindOf } from "../../../synth/objects/group-kind.ts";
import type { GroupKind } from "../../../synth/objects/group-kind.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** Whether what others wait for has happened, by kind. A kind that is not here has nothing to wait for. */
const rules: ReadonlyMap<GroupKind, (object: KubernetesObject) => boolean> = new Map([
  ["apiextensions.k8s.io/CustomResourceDefinition", (object) => hasCondition(object, "Established")],
  ["batch/Job", (object) => hasCondition(object, "Complete")],
  ["apps/Deployment", (object) => replicasAre(object, "availableReplicas")],
  ["apps/StatefulSet", (object) => replicasAre(object, "readyReplicas")],
  [
    "apps/DaemonSet",
    (object) =>
      isObserved(object) &&
      (number(object, "status", "numberReady") ?? 0) >=
        (number(object, "status", "desiredNumberScheduled") ?? 0),
  ],
  // Its controller writes the generation that it has seen as text.
  [
    "argoproj.io/Rollout",
    (object) =>
      text(object, "status", "observedGeneration") === String(number(object.metadata, "generation")) &&
      text(object, "status", "phase") === "Healthy",
  ],
  ["external-secrets.io/ExternalSecret", (object) => hasCondition(object, "Ready")],
  ["external-secrets.io/SecretStore", (object) => hasCondition(object, "Ready")],
  ["external-secrets.io/ClusterSecretStore", (object) => hasCondition(object, "Ready")],
  ["cert-manager.io/Certificate", (object) => hasCondition(object, "Ready")],
  ["helm.toolkit.fluxcd.io/HelmRelease", (object) => hasCondition(object, "Ready")],
]);

/** Undefined for kinds that are ready by being there. */
export function isReady(object: KubernetesObject): boolean | undefined {
  return rules.get(groupKindOf(object))?.(object);
}

export function hasCondition(object: KubernetesObject, type: string, status = "True"): boolean {
  return list(object, "status", "conditions").some(
    (condition) => text(condition, "type") === type && text(condition, "status") === status,
  );
}

function isObserved(object: KubernetesObject): boolean {
  const generation = number(object.metadata, "generation") ?? 0;
  return (number(object, "status", "observedGeneration") ?? 0) >= generation;
}

function replicasAre(object: KubernetesObject, count: "availableReplicas" | "readyReplicas"): boolean {
  const wanted = number(object, "spec", "replicas") ?? 1;
  return isObserved(object) && (number(object, "status", count) ?? 0) >= wanted;
}

/** Conditions of an object for people: `Ready=False (ReasonOfIt): what it says`; those that say all is well are left out. */
export function conditionLines(object: KubernetesObject): readonly string[] {
  return list(object, "status", "conditions").flatMap((condition) => {
    const type = text(condition, "type") ?? "";
    const status = text(condition, "status");
    const message = text(condition, "message") ?? "";
    const reason = text(condition, "reason");
    // Argo CD's conditions have no status: their being there is the news.
    const wanted = status === undefined ? type.endsWith("Error") || type.endsWith("Warning") : undefined;
    const good = status === "True" && !/Fail|Pressure|Stalled|Error/.test(type);
    if (wanted === false || (wanted === undefined && good)) return [];
    const head = status === undefined ? type : `${type}=${status}`;
    return [`${head}${reason === undefined ? "" : ` (${reason})`}: ${message}`];
  });
}

/** What its own `status.phase`, or that of an operation, says. */
export function phaseOf(object: KubernetesObject): string | undefined {
  const phase = field(object, "status", "phase");
  return typeof phase === "string" ? phase : undefined;
}
