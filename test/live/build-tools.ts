import { findTools, whyNoTools } from "../../scripts/tools/find.ts";
import type { ToolName } from "../../scripts/tools/table.ts";
import { neededTools } from "./verify/needed-tools.ts";

const tools: readonly ToolName[] = [
  ...neededTools,
  "kubectl",
  "kind",
  "kro",
  "rollouts-controller",
  "actionlint",
  "otel-collector",
  "promtool",
  "amtool",
];

/** Builds what the suite runs before its first test, which would otherwise take its time for a cold build's. */
export async function setup(): Promise<void> {
  const missing = whyNoTools(tools);
  if (missing === undefined) await findTools(tools);
  else console.warn(`much of the live suite is skipped: ${missing}`);
}
