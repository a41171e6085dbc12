import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import type { Fleet } from "../../synth/model/fleet.ts";
import { distRoot } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { callDefinitions } from "../definition-errors.ts";
import { distFindings } from "../doctor/dist.ts";
import { supportFindings } from "../doctor/eks-support.ts";
import { exampleFinding, repositoryFinding } from "../doctor/example-values.ts";
import type { Finding, Level } from "../doctor/finding.ts";
import { gitFinding, nodeFinding, untrackedFinding } from "../doctor/tools.ts";
import { exitCodes } from "../exit-codes.ts";
import { readTree, refuseInterrupted } from "../tree/tree.ts";
import { distPath, gatherInputs, loadFleet, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly json?: true;
}

/** `slipway doctor`: is this machine, and this repository, fit to work with and to deploy from. */
export const doctorCommand: DefineCommand = (program, finish) => {
  program
    .command("doctor")
    .description("Look over the tools, the definitions, dist, and what is still an example value.")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Exits with 1 if something has to be put right, and with 0 if there are notes only.

Examples:
  npm run slipway -- doctor
  npm run slipway -- doctor --json`,
    )
    .action(async (options: Options) => {
      const findings = [...toolFindings(), ...(await repositoryFindings(new Date())), ...untrackedFindings()];
      if (options.json) console.log(JSON.stringify({ findings }));
      else print(findings);
      finish(findings.some(({ level }) => level === "fault") ? exitCodes.failed : exitCodes.clean);
    });
};

/** Bytes that git may answer with: a line for each file of a dist ten times as large as ours. */
const longestAnswer = 1 << 26;

function git(...args: readonly string[]) {
  return spawnSync("git", ["-C", root, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: longestAnswer,
  });
}

/** None, where there is no git or no clone to ask. */
function untrackedFindings(): readonly Finding[] {
  const { status, stdout } = git("status", "--porcelain", "-z", "--untracked-files=all", "--", distRoot);
  if (status !== 0) return [];
  const mark = "?? ";
  const paths = stdout.split("\0").filter((entry) => entry.startsWith(mark));
  return [untrackedFinding(paths.map((entry) => entry.slice(mark.length)))];
}

function toolFindings(): readonly Finding[] {
  const { status, stdout } = git("--version");
  return [
    nodeFinding(process.versions.node, process.execPath, realpathSync(join(root, "node_modules"))),
    gitFinding(
      status === 0 ? stdout.trim() : undefined,
      git("rev-parse", "--is-inside-work-tree").status === 0,
    ),
  ];
}

/** What the definitions say; that they do not load or do not render is a finding like any other. */
async function repositoryFindings(today: Date): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const fleet = await loadFleet();
    const inputs = await gatherInputs(fleet, fleet.clusters);
    findings.push(
      repositoryFinding(fleet),
      ...supportFindings(fleet, today),
      ...callDefinitions(() => exampleFindings(fleet, inputs)),
    );
    refuseInterrupted(distPath);
    findings.push(...callDefinitions(() => distFindings(fleet, inputs, readTree(distPath))));
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    findings.push(
      ...error.problems.map(({ at, what, fix }): Finding => {
        return { check: "definitions", level: "fault", what: `${at.definition}: ${what}`, fix };
      }),
    );
  }
  return findings;
}

function exampleFindings(fleet: Fleet, inputs: Inputs): readonly Finding[] {
  return fleet.clusters
    .filter(({ provider }) => provider === "eks")
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((cluster) => {
      const { resolved } = resolveCluster(fleet, cluster, inputs);
      return exampleFinding(cluster, inputs.facts.get(cluster.name), resolved?.capabilities);
    });
}

const marks: Readonly<Record<Level, () => string>> = {
  ok: () => styleText("green", "✓"),
  note: () => styleText("yellow", "!"),
  fault: () => styleText("red", "✗"),
};

function print(findings: readonly Finding[]): void {
  const lines = findings.flatMap(({ level, what, fix }) => [
    `${marks[level]()} ${what}`,
    ...(fix === "" ? [] : [`    fix  ${fix}`]),
  ]);
  const counted = (level: Level) => {
    const { length } = findings.filter((finding) => finding.level === level);
    return length === 1 ? `1 ${level}` : `${length} ${level}s`;
  };
  console.log([...lines, "", `${counted("fault")}, ${counted("note")}`].join("\n"));
}
