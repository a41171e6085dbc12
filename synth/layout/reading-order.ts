import type { Json } from "../objects/kubernetes-object.ts";

/** Keys that tell what a thing is, before the rest, which stays in alphabetical order. */
const first = ["apiVersion", "kind", "metadata", "name", "namespace", "image", "labels", "annotations"];

/** The same data in the order in which people read a manifest. */
export function inReadingOrder(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(inReadingOrder);
  const ordered: Record<string, Json> = {};
  for (const key of first) {
    const member = value[key];
    if (member !== undefined) ordered[key] = inReadingOrder(member);
  }
  for (const [key, member] of Object.entries(value))
    if (!(key in ordered)) ordered[key] = inReadingOrder(member);
  return ordered;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
