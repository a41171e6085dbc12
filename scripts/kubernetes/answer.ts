import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../synth/objects/plain.ts";
import type { KindReference } from "./client.ts";

/**
 * What the API server answers, as an object.
 *
 * @param kind of an item of a list, which does not repeat it
 * @throws TypeError where it is none
 */
export function asObject(value: unknown, kind?: KindReference): KubernetesObject {
  const object: unknown = typeof value === "object" && value !== null ? { ...kind, ...value } : value;
  if (isKubernetesObject(object)) return object;
  throw new TypeError(`the API server answers no object: ${JSON.stringify(value).slice(0, 200)}`);
}
