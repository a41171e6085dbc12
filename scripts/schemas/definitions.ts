import { load } from "js-yaml";
import type { KindEntry, Schema } from "../../synth/schemas/table.ts";
import { addedFields } from "./definition-rules.ts";
import { documentAt, documentsAt, isDocument, textAt } from "./document.ts";
import type { Document } from "./document.ts";
import type { ModuleFile } from "./module-files.ts";
import { shareRepeated } from "./share.ts";
import { structural } from "./structural.ts";
import type { Tables } from "./tables.ts";

/** Tables of the wanted kinds (`apiVersion/Kind`) in files with custom resource definitions. */
export function definitionTables(
  name: string,
  files: readonly ModuleFile[],
  wanted: readonly string[],
): Tables {
  const found = new Map(files.flatMap(({ text }) => definitionsIn(text)).flatMap(kindsOf));
  const kinds = wanted.map((key): [string, KindEntry] => {
    const entry = found.get(key);
    if (entry === undefined) throw new Error(`${name} does not serve ${key}`);
    const { schema, ...place } = entry();
    return [key, { ...place, schema: withAdded(key, schema) }];
  });
  return shareRepeated(name, Object.fromEntries(kinds));
}

/**
 * The custom resource definitions in a file. Documents are parsed one by one, and only definitions: a chart's other
 * documents may hold template actions.
 */
export function definitionsIn(text: string): readonly Document[] {
  return text
    .split(/^---.*$/m)
    .filter((part) => /^kind: CustomResourceDefinition$/m.test(part))
    .map((part): unknown => load(part.replaceAll(/^\s*\{\{.*$/gm, "")))
    .filter(isDocument);
}

/** Kinds of a definition; translated on demand, so that a form the generator does not know matters only where wanted. */
function kindsOf(definition: Document): readonly [string, () => KindEntry][] {
  const spec = documentAt(definition, "spec");
  const names = documentAt(spec, "names");
  const place = { plural: textAt(names, "plural"), scope: textAt(spec, "scope") };
  return documentsAt(spec, "versions")
    .filter((version) => version["served"] === true)
    .map((version) => {
      const key = `${textAt(spec, "group")}/${textAt(version, "name")}/${textAt(names, "kind")}`;
      const schema = documentAt(documentAt(version, "schema"), "openAPIV3Schema");
      return [key, () => ({ ...place, schema: root(schema, key) })];
    });
}

/** What every object has is described once, by Kubernetes; status belongs to controllers. */
function root(schema: Document, key: string): Schema {
  const { status, ...properties } = documentAt(schema, "properties");
  const translated = structural({ ...schema, properties }, key);
  if (typeof translated === "string" || !("fields" in translated)) throw new Error(`${key} is no object`);
  const fields: Record<string, Schema> = {
    ...translated.fields,
    apiVersion: "string",
    kind: "string",
    metadata: "#meta.v1.ObjectMeta",
  };
  if (status !== undefined) fields["status"] = "object";
  return { ...translated, fields };
}

function withAdded(key: string, schema: Schema): Schema {
  const added = addedFields[key];
  if (added === undefined || typeof schema === "string" || !("fields" in schema)) return schema;
  const spec = schema.fields["spec"];
  if (spec === undefined || typeof spec === "string" || !("fields" in spec))
    throw new Error(`${key} has no spec`);
  return { ...schema, fields: { ...schema.fields, spec: { ...spec, fields: { ...spec.fields, ...added } } } };
}
