import { field, fields, list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** A change by hand to something that the object's manifest sets. */
export interface Edit {
  /** Merge patch. */
  readonly patch: Json;
  /** Path of what it changes, for people. */
  readonly path: string;
}

const byHand = "edited-by-hand";

/** Something that somebody could change in an object, and that its manifest sets; undefined if there is nothing harmless. */
export function editOf(object: KubernetesObject): Edit | undefined {
  const key = Object.keys(stringMap(object, "data")).find((name) => isApplied(object, "data", name));
  if (key !== undefined && object.kind === "ConfigMap") {
    return { patch: { data: { [key]: byHand } }, path: `data.${key}` };
  }
  const label = Object.keys(stringMap(object.metadata, "labels")).find((name) =>
    isApplied(object, "metadata", "labels", name),
  );
  if (label !== undefined)
    return { patch: { metadata: { labels: { [label]: byHand } } }, path: `metadata.labels.${label}` };
  const rules = fields(object, "spec");
  if (object.kind === "HelmRepository" && typeof rules["interval"] === "string") {
    return { patch: { spec: { interval: "17m" } }, path: "spec.interval" };
  }
  return undefined;
}

/** Fields that somebody else than a reconciler applies: the first installation, which is nobody's to restore. */
const installers: ReadonlySet<string> = new Set(["slipway", "kubectl"]);

/** Whether a reconciler applied this field, as the API server keeps a record of; without a record, it counts as set. */
function isApplied({ metadata }: KubernetesObject, ...path: readonly string[]): boolean {
  const managers = list(metadata, "managedFields");
  if (managers.length === 0) return true;
  return managers.some(
    (entry) =>
      text(entry, "operation") === "Apply" &&
      !installers.has(text(entry, "manager") ?? "") &&
      field(entry, "fieldsV1", ...path.map((name) => `f:${name}`)) !== undefined,
  );
}

/** Kinds in the order in which one of them is the least trouble to delete; those that are not here come last. */
const harmless = [
  "ConfigMap",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "Role",
  "RoleBinding",
  "LimitRange",
  "Service",
  "ServiceAccount",
  "Ingress",
  "HorizontalPodAutoscaler",
  "IngressClass",
  "StorageClass",
  "PriorityClass",
];

/** A Job that is deleted runs again, and what deleting these takes along is more than drift. */
const spared: ReadonlySet<string> = new Set([
  "Job",
  "Namespace",
  "CustomResourceDefinition",
  "PersistentVolumeClaim",
  "PersistentVolume",
  "StatefulSet",
  "ReplicaSet",
  "Pod",
  "Secret",
  "HelmRelease",
  "FluxInstance",
]);

/** Objects of a slice that can be deleted by hand without harm, best first. */
export function deletable(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ kind }) => !spared.has(kind)).toSorted((a, b) => rank(a) - rank(b));
}

function rank({ kind }: KubernetesObject): number {
  return harmless.includes(kind) ? harmless.indexOf(kind) : harmless.length;
}
