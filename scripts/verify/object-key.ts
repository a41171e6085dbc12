import { groupKindOf } from "../../synth/objects/group-kind.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { ObjectReference } from "../kubernetes/client.ts";

/** Who an object is, whatever version it is read in: `apps/Deployment shop/web`, `/Namespace shop`. */
export type ObjectKey = `${string}/${string} ${string}`;

export function keyOf(object: KubernetesObject): ObjectKey {
  const { namespace, name } = object.metadata;
  return `${groupKindOf(object)} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

export function referenceOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
