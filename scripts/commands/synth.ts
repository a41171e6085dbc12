import { performance } from "node:perf_hooks";
import { clusterPath } from "../../synth/model/paths.ts";
import { isOurs } from "../../synth/layout/file-spec.ts";
import type { FileSpec } from "../../synth/layout/file-spec.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { describeDifferences } from "../../synth/plan/differences.ts";
import { isUpToDate, planTree } from "../../synth/plan/plan.ts";
import type { TreePlan } from "../../synth/plan/plan.ts";
import { strayReleases } from "../../synth/resolve/stray-releases.ts";
import { unusedInputs } from "../../synth/resolve/unused-inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { chooseClusters } from "../choose-clusters.ts";
import { callDefinitions } from "../definition-errors.ts";
import { printProblems } from "../output/problems.ts";
import { printSummary, summarize } from "../output/summary.ts";
import { exitCodes } from "../exit-codes.ts";
import { applyPlan, readTree, recover, refuseInterrupted } from "../tree/tree.ts";
import { distPath, gatherInputs, loadFleet } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly check?: true;
  readonly cluster?: readonly string[];
  readonly json?: true;
}

/** `slipway synth`: definitions → dist. */
export const synthCommand: DefineCommand = (program, finish) => {
  program
    .command("synth")
    .description("Render the fleet into dist, and print what changed.")
    .option("--check", "write nothing; exit 2 if dist is not what the definitions render")
    .option("--cluster <name...>", "only these clusters")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npm run synth
  npm run slipway -- synth --check
  npm run slipway -- synth --cluster attractor-factory`,
    )
    .action(async (options: Options) => {
      const started = performance.now();
      if (options.check) refuseInterrupted(distPath);
      else recover(distPath);
      // Before the definitions: of a branch that is changed meanwhile, the old ones meet a tree that is not theirs.
      const current = readTree(distPath);
      const fleet = await loadFleet();
      const chosen = chooseClusters(fleet, options.cluster);
      const inputs = await gatherInputs(fleet, chosen, { dist: current });
      const results = chosen.map((cluster) =>
        callDefinitions(() => synthesizeCluster(fleet, cluster, inputs)),
      );
      const problems = [
        ...unusedInputs(fleet, inputs),
        ...strayReleases(fleet, inputs),
        ...results.flatMap((result) => result.problems),
      ];
      if (problems.length > 0) throw new ProblemsError(problems);

      const rendered = results.flatMap((result) => result.files);
      const plan = planTree([...rendered, ...untouched(current, fleet, chosen)], current);
      if (plan.blocked.length > 0) throw new ProblemsError(plan.blocked);
      if (options.check !== true) applyPlan(distPath, plan);

      const seconds = (performance.now() - started) / 1000;
      const summary = summarize(plan, chosen, seconds);
      if (options.json) console.log(JSON.stringify(summary));
      else if (options.check) printCheck(plan);
      else printSummary(summary);
      const differs = options.check === true && !(isUpToDate(plan) && plan.foreign.length === 0);
      finish(differs ? exitCodes.differs : exitCodes.clean);
    });
};

/** Files of the clusters that were not asked for, as they are. */
function untouched(
  current: ReadonlyMap<string, string>,
  fleet: Fleet,
  chosen: readonly Cluster[],
): readonly FileSpec[] {
  const others = new Set(
    fleet.clusters.filter((cluster) => !chosen.includes(cluster)).map(({ name }) => name),
  );
  return [...current].flatMap(([path, content]) => {
    const cluster = path.slice(0, path.indexOf("/"));
    return others.has(cluster) && isOurs(content)
      ? [{ path, content, cluster, owner: cluster, definition: clusterPath(cluster) }]
      : [];
  });
}

function printCheck(plan: TreePlan): void {
  const differences = describeDifferences(plan);
  if (differences.length === 0) console.log(`dist is in step: ${plan.unchanged} files`);
  else printProblems(differences);
}
