import { isFields } from "../objects/json-fields.ts";
import type { SchemaIssue } from "./issue.ts";
import type { ListSchema } from "./table.ts";

/** Elements that the API server would take for one and the same. */
export function duplicateIssues(
  schema: ListSchema,
  list: readonly unknown[],
  path: string,
): readonly SchemaIssue[] {
  const { keys = [], keyDefaults = {}, unique, set = false } = schema;
  const issues: SchemaIssue[] = [];
  if (keys.length > 0) repeated(list, path, (element) => identityOf(element, keys, keyDefaults), issues);
  if (unique !== undefined) repeated(list, path, (element) => identityOf(element, [unique], {}), issues);
  if (set) repeated(list, path, (element) => JSON.stringify(element), issues);
  return issues;
}

function repeated(
  list: readonly unknown[],
  path: string,
  identity: (element: unknown) => string | undefined,
  issues: SchemaIssue[],
): void {
  const first = new Map<string, number>();
  list.forEach((element, index) => {
    const id = identity(element);
    if (id === undefined) return;
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else {
      const what = `${id} is already at ${path}[${before}]`;
      issues.push({ path: `${path}[${index}]`, what, fix: "remove one, or tell them apart" });
    }
  });
}

/** `port 80, protocol TCP`; undefined where an element leaves out one of them, which is another rule's to report. */
function identityOf(
  element: unknown,
  keys: readonly string[],
  defaults: Readonly<Record<string, string | number>>,
): string | undefined {
  if (!isFields(element)) return undefined;
  let identity = "";
  for (const key of keys) {
    const value = element[key] ?? defaults[key];
    if (value === undefined || value === "") return undefined;
    identity += `${identity === "" ? "" : ", "}${key} ${String(value)}`;
  }
  return identity;
}
