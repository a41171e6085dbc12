import type { KindEntry, Schema } from "../../synth/schemas/table.ts";
import { documentAt, documentsAt, isDocument, textAt } from "./document.ts";
import type { Document } from "./document.ts";
import { readEnums } from "./enums.ts";
import type { ModuleFile } from "./module-files.ts";
import { Definitions } from "./openapi.ts";
import { referencesOf } from "./references.ts";
import type { Tables } from "./tables.ts";

/**
 * Kinds that can be applied, in versions that are generally available: beta and alpha APIs are off by default since 1.24,
 * and EKS does not turn them on.
 */
export function kubernetesTables(files: readonly ModuleFile[]): Tables {
  const documents = files
    .filter(({ path }) => path.endsWith(".json"))
    .map(({ text }): unknown => JSON.parse(text));
  const served = documents.filter(isDocument);
  const code = files.filter(({ path }) => path.endsWith(".go"));
  const definitions = new Definitions(served, readEnums(code.map(({ text }) => text).join("\n")));
  const kinds = served.flatMap(kindsOf);
  const types = new Map<string, Schema>();
  const add = (name: string): void => {
    if (types.has(name)) return;
    const schema = definitions.translate(name);
    types.set(name, schema);
    referencesOf(schema).forEach(add);
  };
  const entries = kinds.map(({ key, type, ...place }): [string, KindEntry] => {
    const schema = withoutStatus(definitions.translate(type));
    referencesOf(schema).forEach(add);
    return [key, { ...place, schema }];
  });
  return { kinds: Object.fromEntries(entries), types: Object.fromEntries(types) };
}

interface FoundKind {
  readonly key: string;
  readonly plural: string;
  readonly scope: string;
  readonly type: string;
}

/** A kind can be applied where its named resource takes PATCH; deeper paths (scale, eviction) are subresources. */
function kindsOf(document: Document): readonly FoundKind[] {
  return Object.entries(documentAt(document, "paths")).flatMap(([path, operations]): FoundKind[] => {
    const match = /^\/apis?\/(?:[^/]+\/)?(v\d+)(\/namespaces\/\{namespace\})?\/([a-z]+)\/\{name\}$/.exec(
      path,
    );
    const [, version, namespaced, plural] = match ?? [];
    if (!isDocument(operations) || version === undefined || plural === undefined) return [];
    const patch = operations["patch"];
    if (!isDocument(patch)) return [];
    const info = documentAt(patch, "x-kubernetes-group-version-kind");
    const kind = textAt(info, "kind");
    const group = textAt(info, "group");
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const scope = namespaced === undefined ? "Cluster" : "Namespaced";
    return [{ key: `${apiVersion}/${kind}`, plural, scope, type: typeOf(document, group, version, kind) }];
  });
}

function typeOf(document: Document, group: string, version: string, kind: string): string {
  const schemas = documentAt(documentAt(document, "components"), "schemas");
  const found = Object.entries(schemas).find(
    ([, schema]) =>
      isDocument(schema) &&
      documentsAt(schema, "x-kubernetes-group-version-kind").some(
        (info) => info["group"] === group && info["version"] === version && info["kind"] === kind,
      ),
  );
  if (found === undefined) throw new Error(`no schema for ${group}/${version} ${kind}`);
  return found[0].split(".").slice(-3).join(".");
}

/** Status belongs to controllers: the server ignores what a manifest says there, so any object will do. */
function withoutStatus(schema: Schema): Schema {
  if (typeof schema === "string" || !("fields" in schema) || schema.fields["status"] === undefined)
    return schema;
  return { ...schema, fields: { ...schema.fields, status: "object" } };
}
