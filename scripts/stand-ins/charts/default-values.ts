import type { ValuePath, Workload } from "./workload.ts";

interface Tree {
  [name: string]: Tree | string | number | readonly string[];
}

/** Every value that the templates read, unset as the chart's author leaves it, so that reading it never fails. */
export function defaultValues(
  workloads: readonly Workload[],
  switches: readonly ValuePath[],
): Readonly<Record<string, unknown>> {
  const values: Tree = {};
  for (const { at } of workloads) {
    for (const [fact, path] of Object.entries(at)) put(values, path.split("."), unset(fact));
  }
  for (const path of switches) put(values, path.split("."), {});
  return values;
}

function unset(fact: string): Tree[string] {
  if (fact === "replicas") return 1;
  if (fact === "priorityClassName" || fact === "maxUnavailable") return "";
  return ["env", "tolerations", "topologySpreadConstraints"].includes(fact) ? [] : {};
}

function put(tree: Tree, [name = "", ...rest]: readonly string[], value: Tree[string]): void {
  if (rest.length === 0) {
    tree[name] ??= value;
    return;
  }
  const below = tree[name] ?? {};
  if (typeof below !== "object" || isList(below))
    throw new Error(`${name} holds a value and is a folder of values`);
  tree[name] = below;
  put(below, rest, value);
}

function isList(value: Tree | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}
