import { styleText } from "node:util";
import { inDist } from "../../synth/model/paths.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { TreePlan } from "../../synth/plan/plan.ts";
import { changeCounts, changeLines } from "./change-lines.ts";

interface ClusterSummary {
  readonly cluster: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What a synth changed, or would change. */
export interface Summary {
  readonly clusters: readonly ClusterSummary[];
  readonly unchanged: number;
  readonly foreign: readonly string[];
  /** Wall time, in seconds, from the first definition to the last file. */
  readonly seconds: number;
}

export function summarize(plan: TreePlan, clusters: readonly Cluster[], seconds: number): Summary {
  const changes = {
    added: plan.added.map(({ path }) => path),
    changed: plan.changed.map(({ file }) => file.path),
    removed: plan.removed.map(({ path }) => path),
  };
  const folders = new Set([
    ...clusters.map(({ name }) => name),
    // A cluster that left the fleet still has files to remove.
    ...changes.removed.map((path) => path.slice(0, path.indexOf("/"))),
  ]);
  return {
    clusters: [...folders].toSorted().map((cluster) => ({
      cluster,
      added: changes.added.filter((path) => path.startsWith(`${cluster}/`)),
      changed: changes.changed.filter((path) => path.startsWith(`${cluster}/`)),
      removed: changes.removed.filter((path) => path.startsWith(`${cluster}/`)),
    })),
    unchanged: plan.unchanged,
    foreign: plan.foreign,
    seconds: Number(seconds.toFixed(3)),
  };
}

/** Prints a line for each cluster, below it what became of its files, and what git has to be told. */
export function printSummary(summary: Summary): void {
  const width = Math.max(...summary.clusters.map(({ cluster }) => cluster.length));
  for (const changes of summary.clusters) {
    console.log(`${changes.cluster.padEnd(width)}  ${changeCounts(changes) || "no change"}`);
    for (const line of changeLines(changes)) console.log(`  ${line}`);
  }
  for (const path of summary.foreign) {
    console.log(styleText("yellow", `${inDist(path)} is not Slipway's; it is left alone`));
  }
  const files =
    summary.unchanged +
    summary.clusters.reduce((sum, { added, changed }) => sum + added.length + changed.length, 0);
  console.log(`${files} files in ${summary.seconds.toFixed(2)} s`);
  // `git commit -a` takes along what git knows already: a new file would stay behind.
  if (summary.clusters.some(({ added, removed }) => added.length + removed.length > 0)) {
    console.log("commit them with the definitions: git add -A");
  }
}
