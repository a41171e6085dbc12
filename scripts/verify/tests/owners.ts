import { list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** Objects by uid, to follow owners by. */
export function byUid(objects: Iterable<KubernetesObject>): ReadonlyMap<string, KubernetesObject> {
  return new Map([...objects].map((object) => [text(object.metadata, "uid") ?? "", object]));
}

/** What an object was made for, in the end: the Deployment of a pod of its ReplicaSet. Itself, if nothing owns it. */
export function rootOwner(
  object: KubernetesObject,
  objects: ReadonlyMap<string, KubernetesObject>,
): KubernetesObject {
  const controller = list(object.metadata, "ownerReferences").find((each) => text(each, "uid") !== undefined);
  const owner = objects.get(text(controller, "uid") ?? "");
  return owner === undefined || owner.kind === "Node" ? object : rootOwner(owner, objects);
}
