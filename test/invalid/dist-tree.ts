import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { describeDifferences } from "../../synth/plan/differences.ts";
import { planTree } from "../../synth/plan/plan.ts";
import type { Invalid } from "./invalid.ts";

const mark = "# slipway: pond, from platform/pond.ts\n";

/** A file as the add-on `pond` renders it. */
export function file(path: string, content = `${mark}kind: Pond\n`): FileSpec {
  return { path, content, cluster: "garden", owner: "pond", definition: "platform/pond.ts" };
}

/** What is wrong with a dist, given what is rendered and what is there. */
export function invalidTree(
  expected: Omit<Invalid, "found">,
  rendered: readonly FileSpec[],
  current: Readonly<Record<string, string>> = {},
): Invalid {
  const plan = () => planTree(rendered, new Map(Object.entries(current)));
  return { ...expected, found: () => ({ problems: plan().blocked }) };
}

/** How `--check` sees a dist that is not what is rendered. */
export function differingTree(
  expected: Omit<Invalid, "found">,
  rendered: readonly FileSpec[],
  current: Readonly<Record<string, string>>,
): Invalid {
  const plan = () => planTree(rendered, new Map(Object.entries(current)));
  return { ...expected, found: () => ({ problems: describeDifferences(plan()) }) };
}
