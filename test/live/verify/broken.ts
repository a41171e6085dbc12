import { expect } from "vitest";
import type { Problem } from "../../../synth/model/problem.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { neededTools } from "./needed-tools.ts";

/** Why manifests cannot be broken here: what cannot be had. Undefined if all can. */
export function whySkipped(file: string): string | undefined {
  const missing = whyNoTools(neededTools);
  if (missing !== undefined) console.warn(`skipped ${file}: ${missing}`);
  return missing;
}

export const minutes = 60_000;
/** Of the shop's server, below its cluster's folder of dist. */
export const deployment = "applications/shop-local/3-serve/Deployment.web.yaml";

/** What the problems with an object say, each with its fix. Fails if there are none, or one has no fix. */
export function about(problems: readonly Problem[], object: string): string {
  const found = problems.filter(({ at }) => at.object === object);
  expect(problems.map(({ at }) => at.object)).toContain(object);
  for (const { fix } of found) expect(fix).not.toBe("");
  return found.map(({ what, fix }) => `${what} — ${fix}`).join("\n");
}
