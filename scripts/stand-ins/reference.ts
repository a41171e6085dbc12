import { text } from "../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { ObjectReference } from "../kubernetes/client.ts";

export function referenceOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** So that what was made for an object goes away with it. */
export function ownedBy({ apiVersion, kind, metadata }: KubernetesObject): Json {
  const uid = text(metadata, "uid") ?? "";
  return [{ apiVersion, kind, name: metadata.name, uid, controller: true, blockOwnerDeletion: true }];
}
