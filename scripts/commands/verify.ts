import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Option } from "commander";
import { distRoot } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { chooseClusters } from "../choose-clusters.ts";
import { exitCodes } from "../exit-codes.ts";
import { printProblems } from "../output/problems.ts";
import { readTree, refuseInterrupted } from "../tree/tree.ts";
import { failed, testNames } from "../verify/model.ts";
import type { TestName, VerifyReport } from "../verify/model.ts";
import { reconcilerChoices } from "../verify/subjects.ts";
import type { ReconcilerChoice } from "../verify/subjects.ts";
import { distPath, gatherInputs, loadFleet, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";
import { writeWhole } from "../whole-file.ts";

interface Options {
  readonly live?: true;
  readonly cluster?: readonly string[];
  readonly base?: string;
  readonly reconciler?: ReconcilerChoice;
  readonly only?: readonly TestName[];
  readonly json?: string;
  readonly junit?: string;
}

/** `slipway verify --live`: dist, reconciled on this machine by the controllers that will run it. */
export const verifyCommand: DefineCommand = (program, finish) => {
  program
    .command("verify")
    .description(
      "Reconcile dist with real Argo CD and real Flux on this machine, and try what could go wrong.",
    )
    .option("--live", "on a control plane of its own; there is no other way")
    .option("--cluster <name...>", "only these clusters")
    .option("--base <revision>", "try the upgrade from this revision, and the way back")
    .addOption(
      new Option("--reconciler <name>", "for local clusters: another than they declare, or both").choices(
        reconcilerChoices,
      ),
    )
    .addOption(new Option("--only <test...>", "only these tests").choices(testNames))
    .option("--json <file>", "write the report as JSON")
    .option("--junit <file>", "write the report as JUnit XML")
    .addHelpText(
      "after",
      `
Needs Go for the first run, which builds the control plane, Argo CD and Flux once, and redis-server for Argo CD.
Exits with 1 if a test failed. docs/live.md says what each test does.

Examples:
  npm run slipway -- verify --live --cluster local
  npm run slipway -- verify --live --cluster attractor-factory --base origin/main
  npm run slipway -- verify --live --cluster local --reconciler flux --only drift prune`,
    )
    .action(async (options: Options) => {
      if (options.live !== true) throw notLive();
      const report = await verify(options);
      if (options.json !== undefined) write(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
      if (options.junit !== undefined) {
        const { junit } = await import("../verify/report/junit.ts");
        write(options.junit, junit(report));
      }
      finish(failed(report) ? exitCodes.failed : exitCodes.clean);
    });
};

/** Verifies clusters, several at once, and tells each result as it comes; problems are printed at the end. */
async function verify(options: Options): Promise<VerifyReport> {
  refuseInterrupted(distPath);
  const dist = readTree(distPath);
  const fleet = await loadFleet();
  const clusters = chooseClusters(fleet, options.cluster);
  const inputs = await gatherInputs(fleet, clusters);
  // Half a second to load, which other commands do not pay.
  const [{ subjects }, { distAt }, { verifyAll }, lines] = await Promise.all([
    import("../verify/subjects.ts"),
    import("../verify/dist/revision.ts"),
    import("../verify/verify-all.ts"),
    import("../verify/report/lines.ts"),
  ]);
  const base = options.base === undefined ? undefined : distAt(root, options.base);
  const report = await verifyAll({
    fleet,
    inputs,
    subjects: subjects({ fleet, clusters, inputs, dist, reconciler: options.reconciler }),
    ...(base !== undefined && { base }),
    tests: new Set(options.only ?? testNames),
    tell: (line) => console.log(line),
    say: (line) => console.error(line),
  });
  const problems = report.clusters.flatMap(({ results }) => results.flatMap((result) => result.problems));
  if (problems.length > 0) printProblems(problems);
  console.log([...lines.standInLines(report), lines.totalLine(report)].join("\n"));
  return report;
}

function notLive(): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: distRoot },
      what: "verify works on a live control plane only",
      fix: "say npm run slipway -- verify --live; what needs no cluster is checked by npm run check",
    },
  ]);
}

/** Whole, or not there. */
function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, content);
}
