import { findTools, whyNoTools } from "../../scripts/tools/find.ts";
import { neededTools } from "./verify/needed-tools.ts";

/** Builds what the suite runs before its first test, which would otherwise take its time for a cold build's. */
export async function setup(): Promise<void> {
  const missing = whyNoTools(neededTools);
  if (missing === undefined) await findTools(neededTools);
  else console.warn(`much of the live suite is skipped: ${missing}`);
}
