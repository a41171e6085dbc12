import { field, fields, isFields, list, text } from "../objects/json-fields.ts";
import type { Problem } from "../model/problem.ts";
import { groupKindOf } from "../objects/group-kind.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { isKubernetesObject, plain } from "../objects/plain.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { fateOf } from "./hooks.ts";
import { readManifest } from "./kubernetes-yaml.ts";

export interface ChartObjects {
  readonly objects: readonly KubernetesObject[];
  readonly problems: readonly Problem[];
}

/** What a chart is rendered for. */
export interface ChartPlace {
  /** Namespace of the release. */
  readonly namespace: string;
  /** The file that holds the chart. */
  readonly definition: string;
  readonly cluster: string;
}

type Report = (problem: Omit<Problem, "at"> & { readonly object?: string }) => void;

/** The objects in what Helm printed for a chart, as a folder of dist can hold them. */
export function chartObjects(text: string, place: ChartPlace, schemas: SchemaSet): ChartObjects {
  const { namespace, definition, cluster } = place;
  const problems: Problem[] = [];
  const report: Report = ({ rule, object, what, fix }) => {
    problems.push({ rule, at: { definition, cluster, ...(object && { object }) }, what, fix });
  };
  const named = objectsIn(text, report);
  const scopeOf = scopes(named, schemas);
  const objects = named.flatMap((object) => {
    const fate = fateOf(object);
    if (fate.is === "dropped") return [];
    const placed = inScope(fate.is === "kept" ? fate.object : object, scopeOf(object), namespace);
    const name = objectName(placed);
    if (fate.is === "impossible") {
      report({ rule: "chart-hook", object: name, what: fate.why, fix: byValue });
      return [];
    }
    if (!isFilledSecret(placed)) return [placed];
    const what = "the chart renders a Secret with its values";
    report({ rule: "chart-secret", object: name, what, fix: toStore });
    return [];
  });
  return { objects, problems };
}

function objectsIn(text: string, report: Report): readonly KubernetesObject[] {
  let documents: readonly unknown[];
  try {
    documents = readManifest(text).flatMap(unlisted);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report({ rule: "chart-output", what: `the chart renders what is no YAML: ${reason}`, fix: byValue });
    return [];
  }
  return documents.flatMap((document) => {
    const object = plain(document);
    if (isKubernetesObject(object)) return [object];
    const what = "the chart renders an object without a name";
    report({ rule: "chart-output", object: nameless(document), what, fix: byValue });
    return [];
  });
}

const byValue = "disable it by a value of the chart, or use the chart in mode reference";
const toStore =
  "give the chart an existing Secret by value, and make that one with secret(…) where the add-on renders";

/** The documents that stand for something: a List is its items, an empty document is nothing. */
function unlisted(document: unknown): readonly unknown[] {
  if (document === null || document === undefined) return [];
  const isList = text(document, "apiVersion") === "v1" && (text(document, "kind") ?? "").endsWith("List");
  if (isList) return list(document, "items").flatMap(unlisted);
  return isFields(document) && Object.keys(document).length === 0 ? [] : [document];
}

/** Scope of a kind: as the cluster's schemas have it, or as a CRD of the same chart says. */
function scopes(objects: readonly KubernetesObject[], schemas: SchemaSet) {
  const own = new Map(
    objects
      .filter(({ kind }) => kind === "CustomResourceDefinition")
      .map((object) => [
        `${text(object, "spec", "group")}/${text(object, "spec", "names", "kind")}`,
        text(object, "spec", "scope"),
      ]),
  );
  return (object: KubernetesObject): string | undefined =>
    schemas.kind(object.apiVersion, object.kind)?.scope ?? own.get(groupKindOf(object));
}

/** The API server ignores the namespace of what is in none, and Helm adds the release's to what names none. */
function inScope(object: KubernetesObject, scope: string | undefined, home: string): KubernetesObject {
  const { namespace, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: scope === "Cluster" ? metadata : { ...metadata, namespace: namespace || home },
  };
}

function isFilledSecret(object: KubernetesObject): boolean {
  if (object.apiVersion !== "v1" || object.kind !== "Secret") return false;
  return ["data", "stringData"].some((part) => Object.keys(fields(object, part)).length > 0);
}

function nameless(document: unknown): string {
  const kind = text(document, "kind") ?? "no kind";
  const start = field(document, "metadata", "generateName");
  return typeof start === "string" ? `${kind}/${start}…` : kind;
}
