import { distPath, loadFleet, root } from "../workspace.ts";
import { readCompared } from "./compared.ts";
import type { Revisions } from "./compared.ts";
import { makeReport } from "./make-report.ts";
import { readWaivers } from "./read-waivers.ts";
import type { Report } from "./report.ts";

/** What `diff` and `gate` work on: the revisions that were asked for, compared and judged as of today. */
export async function compareRevisions(revisions: Revisions, kubernetes?: string): Promise<Report> {
  const compared = readCompared(root, distPath, revisions);
  const waivers = readWaivers(root, compared.headCommit);
  const { clusters } = await loadFleet();
  const today = new Date().toISOString().slice(0, 10);
  return makeReport({
    ...compared,
    clusters,
    waivers,
    today,
    ...(kubernetes !== undefined && { kubernetes }),
  });
}
