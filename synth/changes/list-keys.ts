import { isFields, text } from "../objects/json-fields.ts";
import type { Json } from "../objects/kubernetes-object.ts";
import type { ListSchema, Schema } from "../schemas/table.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";

/** How the elements of a list are told apart. */
export type ListIdentity =
  /** By the fields that identify them for server-side apply; their order says nothing. */
  | { readonly by: "keys"; readonly key: (element: Json) => string | undefined }
  /** As a whole; their order says nothing. */
  | { readonly by: "content" }
  /** By fields that no two have alike, though the schema does not say so; their order may say something. */
  | { readonly by: "name"; readonly key: (element: Json) => string | undefined }
  | { readonly by: "position" };

/**
 * Lists whose order means nothing though the schema does not say so: those that the API server takes as a whole, and
 * those of pods where charts have them among their values.
 */
const unordered: ReadonlySet<string> = new Set([
  "rules",
  "subjects",
  "tolerations",
  "topologySpreadConstraints",
  "env",
  "volumes",
  "volumeMounts",
  "ingress",
  "egress",
  "from",
  "to",
  "verbs",
  "apiGroups",
  "resources",
  "resourceNames",
  "nonResourceURLs",
  "policyTypes",
  "finalizers",
  "destinations",
  "sourceRepos",
  "clusterResourceWhitelist",
  "namespaceResourceWhitelist",
  "accessModes",
  "dependsOn",
  "healthChecks",
]);

/** Fields that usually name an element, where the schema does not say: of objects within an object, their metadata. */
const usualNames = ["name", "metadata", "host", "path", "key", "id", "chart"];

/** How to compare a list that lies in the field `name`. An Ingress' `rules` are ordered by nothing, a Role's neither. */
export function listIdentity(
  schema: Schema | undefined,
  name: string,
  before: readonly Json[],
  after: readonly Json[],
): ListIdentity {
  const list = isListSchema(schema) ? schema : undefined;
  if (list?.keys !== undefined && list.keys.length > 0) {
    const { keys, keyDefaults = {} } = list;
    const key = (element: Json) => keyOf(element, keys, keyDefaults);
    if (tellsApart(before, key) && tellsApart(after, key)) return { by: "keys", key };
  }
  const isUnordered = list?.set === true || unordered.has(name);
  for (const candidate of usualNames) {
    const key = (element: Json) => keyOf(element, [candidate], {});
    if (tellsApart(before, key) && tellsApart(after, key)) return { by: isUnordered ? "keys" : "name", key };
  }
  return { by: isUnordered ? "content" : "position" };
}

function tellsApart(list: readonly Json[], key: (element: Json) => string | undefined): boolean {
  const found = list.map(key);
  return !found.includes(undefined) && new Set(found).size === found.length;
}

function keyOf(
  element: Json,
  keys: readonly string[],
  defaults: Readonly<Record<string, string | number>>,
): string | undefined {
  if (!isFields(element)) return undefined;
  const values = keys.map((key) => {
    const value = element[key] ?? defaults[key];
    return key === "metadata" ? text(value, "name") : value;
  });
  // Protocol TCP goes without saying.
  const shown = values.filter((value, index) => index === 0 || value !== defaults[keys[index] ?? ""]);
  return values.some((value) => typeof value !== "string" && typeof value !== "number")
    ? undefined
    : shown.join("/");
}

function isListSchema(schema: Schema | undefined): schema is ListSchema {
  return typeof schema === "object" && "items" in schema;
}

/** The schema of a field, a map's values or a list's elements; undefined where none is known. */
export function schemaInside(set: SchemaSet, schema: Schema | undefined, key: string): Schema | undefined {
  if (schema === undefined || typeof schema === "string") return undefined;
  if ("fields" in schema) return resolved(set, schema.fields[key]);
  if ("items" in schema) return resolved(set, schema.items);
  return "values" in schema ? resolved(set, schema.values) : undefined;
}

/** A shared type in the place of its name. */
export function resolved(set: SchemaSet, schema: Schema | undefined): Schema | undefined {
  return typeof schema === "string" && schema.startsWith("#") ? set.type(schema.slice(1)) : schema;
}
