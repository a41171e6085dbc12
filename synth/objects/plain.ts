import { text } from "./json-fields.ts";
import type { Json, KubernetesObject } from "./kubernetes-object.ts";

/** Any value as plain JSON with sorted keys: no undefined, no class instances, the same bytes for the same content. */
export function plain(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is not a JSON number`);
    return value;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => [key, plain(member)]),
    );
  }
  throw new TypeError(`a ${typeof value} is not JSON`);
}

/** Whether plain JSON is an object that could go to the API server at all. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return [["apiVersion"], ["kind"], ["metadata", "name"]].every((path) => text(value, ...path) !== undefined);
}

/** An object of a typed package as plain data. */
export function toObject(value: object): KubernetesObject {
  const object = plain(value);
  if (!isKubernetesObject(object))
    throw new TypeError("an object without apiVersion, kind and metadata.name");
  return object;
}
