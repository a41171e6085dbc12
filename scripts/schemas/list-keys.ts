import { documentAt, isDocument } from "./document.ts";
import type { Document } from "./document.ts";

interface KeyDefaults {
  readonly keyDefaults?: Readonly<Record<string, string | number>>;
}

/** Defaults of the fields that identify an element: two ports of one number collide only if both are, or become, TCP. */
export function keyDefaults(element: Document | undefined, keys: readonly string[]): KeyDefaults {
  if (element === undefined || element["properties"] === undefined) return {};
  const properties = documentAt(element, "properties");
  const found = keys.flatMap((key): [string, string | number][] => {
    const property = properties[key];
    const value = isDocument(property) ? property["default"] : undefined;
    // An empty default is Go's zero value, not one that the server fills in.
    return typeof value === "string" && value !== "" ? [[key, value]] : [];
  });
  return found.length > 0 ? { keyDefaults: Object.fromEntries(found) } : {};
}
