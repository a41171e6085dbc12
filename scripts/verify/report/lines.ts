import { styleText } from "node:util";
import { testNames } from "../model.ts";
import type { ClusterReport, TestResult, VerifyReport } from "../model.ts";

const marks: Readonly<Record<TestResult["status"], () => string>> = {
  passed: () => styleText("green", "✓"),
  failed: () => styleText("red", "✗"),
  skipped: () => styleText("yellow", "-"),
};

const longestTest = Math.max(...testNames.map((name) => name.length));

/** One line for a test as it ends, and one for each note. */
export function resultLines(cluster: string, result: TestResult): readonly string[] {
  const time = `${result.seconds.toFixed(1).padStart(6)} s`;
  return [
    `${marks[result.status]()} ${cluster}  ${result.test.padEnd(longestTest)} ${time}  ${result.summary}`,
    ...result.notes.map((note) => `    note   ${note}`),
  ];
}

/** One line for a cluster when it is done: how long it took, and how much memory. */
export function clusterLine({ cluster, reconciler, results, seconds, peakMemory }: ClusterReport): string {
  const gone = results.filter(({ status }) => status === "failed").length;
  const verdict = gone === 0 ? "verified" : `${gone} of ${results.length} tests failed`;
  return `${cluster} (${reconciler}): ${verdict} in ${seconds.toFixed(0)} s, at most ${gibibytes(peakMemory)} GiB`;
}

/** What was not the real thing, each once. */
export function standInLines({ clusters }: VerifyReport): readonly string[] {
  const all = [...new Set(clusters.flatMap(({ standIns }) => standIns))].toSorted();
  return all.length === 0
    ? []
    : ["Stand-ins, which were not the real thing:", ...all.map((each) => `  ${each}`)];
}

export function totalLine({ clusters, seconds, peakMemory }: VerifyReport): string {
  const results = clusters.flatMap((cluster) => cluster.results);
  const count = (status: TestResult["status"]) => results.filter((result) => result.status === status).length;
  return `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped on ${clusters.length} ${clusters.length === 1 ? "cluster" : "clusters"} in ${seconds.toFixed(0)} s, at most ${gibibytes(peakMemory)} GiB`;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
