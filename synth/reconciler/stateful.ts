import { groupKindOf } from "../objects/group-kind.ts";
import { fields, list } from "../objects/json-fields.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";

/**
 * Kinds whose loss loses data. A reconciler applies them and repairs them, and never removes them:
 * taking one out of git leaves it in the cluster, for a person to delete.
 */
const statefulKinds: ReadonlySet<string> = new Set([
  "Namespace",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "StatefulSet",
  "VolumeSnapshot",
  "CustomResourceDefinition",
]);

function isStateful(kind: string): boolean {
  return statefulKinds.has(kind);
}

/**
 * Whether the cluster keeps an object that git no longer has: for its kind, because its chart says so, or because it
 * closes a namespace. What holds data runs on in its namespace after its app is gone, and the policies that let anybody
 * reach it go: without the one that lets nobody in, everybody could.
 */
export function outlivesGit(object: KubernetesObject): boolean {
  const { kind, metadata } = object;
  return (
    isStateful(kind) ||
    metadata.annotations?.["helm.sh/resource-policy"] === "keep" ||
    closesNamespace(object)
  );
}

/** A NetworkPolicy for all pods of its namespace that allows nothing. */
function closesNamespace(object: KubernetesObject): boolean {
  const selector = [
    ...Object.keys(fields(object, "spec", "podSelector", "matchLabels")),
    ...list(object, "spec", "podSelector", "matchExpressions"),
  ];
  const rules = [...list(object, "spec", "ingress"), ...list(object, "spec", "egress")];
  return groupKindOf(object) === "networking.k8s.io/NetworkPolicy" && selector.length + rules.length === 0;
}
