import { isFields } from "../objects/json-fields.ts";
import type { Fields } from "../objects/json-fields.ts";
import type { SchemaIssue } from "./issue.ts";
import { nameComplaint, namespaceComplaint } from "./object-name.ts";
import type { KindInfo, SchemaSet } from "./schema-set.ts";
import { unknownKind } from "./unknown-kind.ts";

export type { SchemaIssue } from "./issue.ts";

/**
 * Everything in the object that the API server would refuse for its structure. CEL rules, admission and what spans fields
 * are left to the server's dry run.
 */
export function validateObject(set: SchemaSet, object: unknown): readonly SchemaIssue[] {
  if (!isFields(object))
    return [{ path: "", what: "this is no object", fix: "write an object with apiVersion and kind" }];
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== "string" || apiVersion === "") return [missing("apiVersion")];
  if (typeof kind !== "string" || kind === "") return [missing("kind")];
  const info = set.kind(apiVersion, kind);
  const check = set.check(apiVersion, kind);
  if (info === undefined || check === undefined)
    return [{ path: "kind", ...unknownKind(set, apiVersion, kind) }];
  const issues = identityIssues(info, object);
  check(object, "", issues);
  return issues;
}

/** Name and namespace, whose rules depend on the kind. Types of both are the schema's to check. */
function identityIssues(info: KindInfo, { metadata }: Fields): SchemaIssue[] {
  if (metadata === undefined || metadata === null) return [missing("metadata")];
  if (!isFields(metadata)) return [];
  return [...nameIssues(info, metadata), ...namespaceIssues(info, metadata)];
}

function nameIssues(info: KindInfo, { name, generateName }: Fields): readonly SchemaIssue[] {
  if (name === undefined || name === null || name === "") {
    return typeof generateName === "string" && generateName !== "" ? [] : [missing("metadata.name")];
  }
  const complaint = typeof name === "string" ? nameComplaint(info, name) : undefined;
  return complaint === undefined ? [] : [{ path: "metadata.name", ...complaint }];
}

function namespaceIssues({ kind, scope }: KindInfo, { namespace }: Fields): readonly SchemaIssue[] {
  if (typeof namespace !== "string" || namespace === "") return [];
  const path = "metadata.namespace";
  if (scope === "Cluster")
    return [{ path, what: `objects of kind ${kind} are in no namespace`, fix: "remove metadata.namespace" }];
  const complaint = namespaceComplaint(namespace);
  return complaint === undefined ? [] : [{ path, ...complaint }];
}

function missing(path: string): SchemaIssue {
  return { path, what: `the required field ${path} is missing`, fix: `write ${path}` };
}
