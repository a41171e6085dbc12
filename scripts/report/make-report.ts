import { compareTrees } from "../../synth/changes/changes.ts";
import type { ClusterNodes } from "../../synth/changes/cost.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import type { DistFiles } from "../../synth/changes/dist-tree.ts";
import { judge } from "../../synth/gates/verdict.ts";
import type { Waiver } from "../../synth/gates/waiver.ts";
import type { Report } from "./report.ts";

/** Two revisions of dist, and what it takes to judge what is between them. */
export interface ReportInput {
  /** Files by path below dist. */
  readonly base: DistFiles;
  readonly head: DistFiles;
  /** What people call them: `3f2a1bc (merge base of origin/main and HEAD)`, `the work tree`. */
  readonly baseName: string;
  readonly headName: string;
  /** The clusters' definitions, for their nodes: `fleet.clusters` will do. */
  readonly clusters: readonly ClusterNodes[];
  readonly waivers: readonly Waiver[];
  /** The day as an ISO date, such as `2026-11-27`. */
  readonly today: string;
  /** Version of Kubernetes to look ahead to, for everything in dist. Default: see `GateInput`. */
  readonly kubernetes?: string;
}

/** Compares, and runs the gates. */
export function makeReport(input: ReportInput): Report {
  const { clusters, waivers, today, kubernetes } = input;
  const base = new DistTree(input.base);
  const head = new DistTree(input.head, base);
  const changes = compareTrees(base, head, clusters);
  const gateInput = { base, head, changes, clusters, ...(kubernetes !== undefined && { kubernetes }) };
  return { base: input.baseName, head: input.headName, changes, verdict: judge(gateInput, waivers, today) };
}
