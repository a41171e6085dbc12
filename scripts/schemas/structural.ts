import type { ListSchema, ObjectSchema, ScalarSchema, Schema } from "../../synth/schemas/table.ts";
import { documentAt, isDocument, textsAt } from "./document.ts";
import type { Document } from "./document.ts";
import { keyDefaults } from "./list-keys.ts";

/** What a structural schema may say, and whether it decides validity. An unlisted word stops the generator. */
const understood = new Set(
  `type properties items additionalProperties required enum pattern format nullable minimum maximum minLength maxLength
  minItems maxItems minProperties maxProperties x-kubernetes-preserve-unknown-fields x-kubernetes-int-or-string
  x-kubernetes-list-type x-kubernetes-list-map-keys anyOf default description example externalDocs title
  x-kubernetes-map-type x-kubernetes-validations`.split(/\s+/),
);

/** The only `anyOf` that the pinned definitions use: it repeats x-kubernetes-int-or-string. */
const intOrString = '[{"type":"integer"},{"type":"string"}]';

/** A structural schema of a custom resource definition in our form. */
export function structural(node: unknown, path: string): Schema {
  if (!isDocument(node)) throw new TypeError(`${path} is no schema`);
  const unknown = Object.keys(node).find((word) => !understood.has(word));
  if (unknown !== undefined) throw new Error(`${path}: the generator does not know ${unknown}`);
  if (node["anyOf"] !== undefined && JSON.stringify(node["anyOf"]) !== intOrString) {
    throw new Error(`${path}: the generator does not know this anyOf`);
  }
  if (node["x-kubernetes-int-or-string"] === true) return bounded(node, "int-or-string");
  if (node["type"] === "array") return list(node, path);
  if (node["type"] === "object") return object(node, path);
  if (node["type"] === undefined) {
    if (node["x-kubernetes-preserve-unknown-fields"] === true) return "any";
    throw new Error(`${path} has no type`);
  }
  return bounded(node, scalarType(node));
}

function object(node: Document, path: string): Schema {
  const bounds = pick(node, { min: "minProperties", max: "maxProperties" });
  const open = node["x-kubernetes-preserve-unknown-fields"] === true || node["additionalProperties"] === true;
  if (isDocument(node["additionalProperties"])) {
    return { values: structural(node["additionalProperties"], `${path}[]`), ...bounds };
  }
  if (node["properties"] === undefined && open && Object.keys(bounds).length === 0) return "object";
  const properties = node["properties"] === undefined ? {} : documentAt(node, "properties");
  const fields = Object.entries(properties).map(([name, child]) => [
    name,
    structural(child, `${path}.${name}`),
  ]);
  // Defaults are filled in before the server looks for required fields.
  const required = textsAt(node, "required").filter((name) => !hasDefault(properties[name]));
  const schema: ObjectSchema = {
    fields: Object.fromEntries(fields),
    ...(required.length > 0 && { required }),
    ...(open && { open }),
    ...bounds,
  };
  return schema;
}

function hasDefault(property: unknown): boolean {
  return isDocument(property) && property["default"] !== undefined;
}

function list(node: Document, path: string): ListSchema {
  const items = documentAt(node, "items");
  const keys = node["x-kubernetes-list-type"] === "map" ? textsAt(node, "x-kubernetes-list-map-keys") : [];
  return {
    items: structural(items, `${path}[]`),
    ...(keys.length > 0 && { keys, ...keyDefaults(items, keys) }),
    ...(node["x-kubernetes-list-type"] === "set" && { set: true }),
    ...pick(node, { min: "minItems", max: "maxItems" }),
  };
}

function scalarType(node: Document): string {
  const { type, format } = node;
  if (type === "integer") return format === "int32" ? "int32" : "int64";
  if (type === "string" && (format === "byte" || format === "date-time")) return format;
  if (type === "string" && format === undefined) return "string";
  if (type === "boolean" || type === "number") return type;
  throw new Error(`no rule for type ${String(type)}, format ${String(format)}`);
}

function bounded(node: Document, type: string): Schema {
  const values = Array.isArray(node["enum"]) ? node["enum"] : undefined;
  const schema: ScalarSchema = {
    type,
    ...(values !== undefined && { enum: values.filter((value) => typeof value !== "object") }),
    ...(typeof node["pattern"] === "string" && { pattern: javascriptPattern(node["pattern"]) }),
    ...pick(node, { min: "minimum", max: "maximum", minLength: "minLength", maxLength: "maxLength" }),
  };
  return Object.keys(schema).length === 1 ? type : schema;
}

/** Go's syntax as JavaScript's; throws for a pattern that JavaScript cannot read. */
function javascriptPattern(pattern: string): string {
  const translated = pattern.replace(/^(\^?)\(\?i\)(.*)$/, "$1(?i:$2)");
  return new RegExp(translated, "u").source === "" ? "" : translated;
}

/** Numbers of the node under our names. */
function pick<Name extends string>(
  node: Document,
  names: Readonly<Record<Name, string>>,
): { [N in Name]?: number } {
  const found: { [N in Name]?: number } = {};
  for (const name in names) {
    const value = node[names[name]];
    if (typeof value === "number") found[name] = value;
  }
  return found;
}
