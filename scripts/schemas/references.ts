import type { Schema } from "../../synth/schemas/table.ts";

/** Schemas directly inside a schema. */
export function childrenOf(schema: Schema): readonly Schema[] {
  if (typeof schema === "string" || "type" in schema) return [];
  if ("fields" in schema) return Object.values(schema.fields);
  if ("items" in schema) return [schema.items];
  return "values" in schema ? [schema.values] : schema.either;
}

/** The same schema with each direct child replaced. */
export function mapChildren(
  schema: Schema,
  change: (child: Schema, field: string) => Schema,
  field = "",
): Schema {
  if (typeof schema === "string" || "type" in schema) return schema;
  if ("items" in schema) return { ...schema, items: change(schema.items, field) };
  if ("values" in schema) return { ...schema, values: change(schema.values, field) };
  if ("either" in schema) return { either: schema.either.map((child) => change(child, field)) };
  const fields = Object.entries(schema.fields).map(([name, child]) => [name, change(child, name)]);
  return { ...schema, fields: Object.fromEntries(fields) };
}

/** Names of the shared types that a schema refers to. */
export function referencesOf(schema: Schema): readonly string[] {
  if (typeof schema === "string") return schema.startsWith("#") ? [schema.slice(1)] : [];
  return childrenOf(schema).flatMap(referencesOf);
}
