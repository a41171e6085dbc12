import { isFields } from "../objects/json-fields.ts";
import type { Json, KubernetesObject } from "../objects/kubernetes-object.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import type { Schema } from "../schemas/table.ts";
import type { FieldPath } from "./field-path.ts";
import { listIdentity, resolved, schemaInside } from "./list-keys.ts";

/** One field that differs. */
export interface FieldChange {
  readonly path: FieldPath;
  /** Undefined where there was nothing, or is nothing now. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

interface Comparison {
  readonly schemas: SchemaSet;
  readonly found: FieldChange[];
}

/** The fields in which two objects of one kind differ. Null is nothing, as the API server has it. */
export function fieldChanges(
  before: KubernetesObject,
  after: KubernetesObject,
  schemas: SchemaSet,
): readonly FieldChange[] {
  const comparison: Comparison = { schemas, found: [] };
  const schema = schemas.schema(after.apiVersion, after.kind);
  compareFields(comparison, [], asJson(before), asJson(after), schema);
  return comparison.found;
}

/** An object's own type lets a field be absent; as data, what is absent is not there. */
function asJson(object: KubernetesObject): Readonly<Record<string, Json | undefined>> {
  const { metadata, ...rest } = object;
  const members: Record<string, Json | undefined> = { metadata: withoutHoles(metadata) };
  for (const [key, value] of Object.entries(rest)) members[key] = isJson(value) ? value : undefined;
  return members;
}

function withoutHoles(fields: Readonly<Record<string, Json | undefined>>): Json {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

function compare(
  comparison: Comparison,
  path: FieldPath,
  before: Json | undefined,
  after: Json | undefined,
  schema: Schema | undefined,
): void {
  const type = resolved(comparison.schemas, schema);
  if (before === after) return;
  if (isMap(before) && isMap(after)) compareFields(comparison, path, before, after, type);
  else if (isList(before) && isList(after)) compareLists(comparison, path, before, after, type);
  else if (!isNothing(before) || !isNothing(after)) comparison.found.push({ path, before, after });
}

function compareFields(
  comparison: Comparison,
  path: FieldPath,
  before: Readonly<Record<string, Json | undefined>>,
  after: Readonly<Record<string, Json | undefined>>,
  schema: Schema | undefined,
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inside = schemaInside(comparison.schemas, schema, key);
    compare(comparison, [...path, key], before[key], after[key], inside);
  }
}

function compareLists(
  comparison: Comparison,
  path: FieldPath,
  before: readonly Json[],
  after: readonly Json[],
  schema: Schema | undefined,
): void {
  const identity = listIdentity(schema, path.at(-1) ?? "", before, after);
  const inside = schemaInside(comparison.schemas, schema, "");
  if (identity.by === "content") return compareContents(comparison, path, before, after, inside);
  if (identity.by === "position") return comparePositions(comparison, path, before, after, inside);
  const old = new Map(before.map((element) => [identity.key(element) ?? "", element]));
  const now = new Map(after.map((element) => [identity.key(element) ?? "", element]));
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    compare(comparison, [...path, `[${key}]`], old.get(key), now.get(key), inside);
  }
  if (identity.by === "name") compareOrder(comparison, path, [...old.keys()], [...now.keys()]);
}

/** Only of what is there before and after: what comes and goes is told by itself. */
function compareOrder(
  comparison: Comparison,
  path: FieldPath,
  before: readonly string[],
  after: readonly string[],
): void {
  const old = before.filter((key) => after.includes(key));
  const now = after.filter((key) => before.includes(key));
  if (old.join("\n") !== now.join("\n")) {
    comparison.found.push({ path: [...path, "[order]"], before: old, after: now });
  }
}

/** What both have is left out; what is left is taken in pairs, so that a rule with one more verb is one field. */
function compareContents(
  comparison: Comparison,
  path: FieldPath,
  before: readonly Json[],
  after: readonly Json[],
  inside: Schema | undefined,
): void {
  const [old, now] = [byContent(before), byContent(after)];
  const gone = [...old].flatMap(([text, element]) => (now.has(text) ? [] : [element]));
  const come = [...now].flatMap(([text, element]) => (old.has(text) ? [] : [element]));
  const pairs = gone.every(isMap) && come.every(isMap) ? Math.min(gone.length, come.length) : 0;
  for (let index = 0; index < pairs; index += 1) {
    const element = gone[index];
    const position = element === undefined ? index : before.indexOf(element);
    compare(comparison, [...path, `[${position}]`], element, come[index], inside);
  }
  for (const element of gone.slice(pairs)) comparison.found.push(entry(path, element, undefined));
  for (const element of come.slice(pairs)) comparison.found.push(entry(path, undefined, element));
}

function byContent(list: readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(list.map((element) => [JSON.stringify(element), element]));
}

function entry(path: FieldPath, before: Json | undefined, after: Json | undefined): FieldChange {
  return { path: [...path, "[]"], before, after };
}

/** Lists of plain values are shown as one; of others each element by its place. */
function comparePositions(
  comparison: Comparison,
  path: FieldPath,
  before: readonly Json[],
  after: readonly Json[],
  inside: Schema | undefined,
): void {
  if (![...before, ...after].every((element) => isMap(element) || isList(element))) {
    if (JSON.stringify(before) !== JSON.stringify(after)) comparison.found.push({ path, before, after });
    return;
  }
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    compare(comparison, [...path, `[${index}]`], before[index], after[index], inside);
  }
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

function isMap(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return isFields(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
