import type { Problem } from "../../synth/model/problem.ts";
import type { Reconciler } from "../../synth/model/names.ts";

/** What is tried on each cluster, in the order in which it is reported. */
export const testNames = [
  "ready",
  "order",
  "drift",
  "prune",
  "upgrade",
  "rollback",
  "privilege",
  "scheduling",
  "dry-run",
] as const;
export type TestName = (typeof testNames)[number];

/** What each test asks, for people. */
export const questions: Readonly<Record<TestName, string>> = {
  ready: "dist, bootstrapped as documented, becomes what it says",
  order: "nothing comes before what it needs, and nothing is retried into success",
  drift: "what is deleted or edited by hand comes back",
  prune: "what leaves dist leaves the cluster, and nothing else does",
  upgrade: "from the base revision to this one without loss or downtime",
  rollback: "back to the base revision ends where it was",
  privilege: "a slice can do what it needs, and no more",
  scheduling: "pods run on the nodes meant for them, also at their most",
  "dry-run": "the API server takes every object, strictly",
};

export interface TestResult {
  readonly test: TestName;
  readonly status: "passed" | "failed" | "skipped";
  readonly seconds: number;
  /** One line: what was looked at, or why it was not. */
  readonly summary: string;
  /** What a reader should know although it passed, such as what a policy keeps; one line each. */
  readonly notes: readonly string[];
  /** Empty unless it failed. */
  readonly problems: readonly Problem[];
}

/** What verifying one cluster came to. */
export interface ClusterReport {
  readonly cluster: string;
  readonly reconciler: Reconciler;
  readonly results: readonly TestResult[];
  /** Whole time, start and stop of the control plane included. */
  readonly seconds: number;
  /** The most that all its processes held in memory together, in bytes; those of other clusters do not count. */
  readonly peakMemory: number;
  /** What did not run as itself but as a stand-in, one line each. */
  readonly standIns: readonly string[];
}

export interface VerifyReport {
  readonly clusters: readonly ClusterReport[];
  readonly seconds: number;
  /** The most that this process and those of all clusters held in memory together, in bytes. */
  readonly peakMemory: number;
}

export function failed({ clusters }: VerifyReport): boolean {
  return clusters.some(({ results }) => results.some(({ status }) => status === "failed"));
}
