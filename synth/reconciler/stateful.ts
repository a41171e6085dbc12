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

/** Whether the cluster keeps an object that git no longer has: for its kind, or because its chart says so. */
export function outlivesGit({ kind, metadata }: KubernetesObject): boolean {
  return isStateful(kind) || metadata.annotations?.["helm.sh/resource-policy"] === "keep";
}
