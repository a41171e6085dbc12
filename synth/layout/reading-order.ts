import type { Json } from "../objects/kubernetes-object.ts";

/** Keys that tell what a thing is, before the rest, which stays in alphabetical order. */
const first = ["apiVersion", "kind", "metadata", "name", "namespace", "image", "labels", "annotations"];

/** The same data in the order in which people read a manifest. */
export function inReadingOrder(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(inReadingOrder);
  const members = Object.entries(value);
  const leading = first.flatMap((key) => members.filter(([name]) => name === key));
  const others = members.filter(([name]) => !first.includes(name));
  return Object.fromEntries([...leading, ...others].map(([key, member]) => [key, inReadingOrder(member)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
