import { lastKnownMinor } from "../../synth/gates/removed-apis.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { exitCodes } from "../exit-codes.ts";
import { compareRevisions } from "../report/compare.ts";
import { verdictJson } from "../report/json.ts";
import { verdictLines } from "../report/verdict-lines.ts";
import { loadFleet } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly base?: string;
  readonly head?: string;
  readonly exact?: true;
  readonly kubernetes?: string;
  readonly json?: true;
}

/** `slipway gate`: refuses what nobody meant. */
export const gateCommand: DefineCommand = (program, finish) => {
  program
    .command("gate")
    .description("Refuse what nobody meant: deletions, immutable fields, wider rights, open networks.")
    .option(
      "--base <revision>",
      "what to compare with, at the newest commit in common; default: origin/main, else main",
    )
    .option("--head <revision>", "what to look at; default: dist in the work tree")
    .option("--exact", "compare with the base itself, not with what it has in common")
    .option(
      "--kubernetes <version>",
      "refuse, in all of dist, what this version no longer serves; default: the next, in what changes",
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Exits with 1 if something is refused. docs/gates.md lists the gates, and how to waive one.

Examples:
  npm run slipway -- gate
  npm run slipway -- gate --base HEAD~1
  npm run slipway -- gate --kubernetes 1.36`,
    )
    .action(async (options: Options) => {
      const { kubernetes } = options;
      if (kubernetes !== undefined) refuseVersion(kubernetes, (await loadFleet()).clusters);
      const { verdict, base, head } = await compareRevisions(options, kubernetes);
      if (options.json) console.log(JSON.stringify({ base, head, ...verdictJson(verdict) }));
      else console.log([...verdictLines(verdict), `from ${base} to ${head}`].join("\n"));
      finish(verdict.refused.length > 0 ? exitCodes.failed : exitCodes.clean);
    });
};

/** Nothing would be refused for a version that is behind the fleet, or of which nobody knows yet what it removes. */
function refuseVersion(version: string, clusters: readonly Pick<Cluster, "kubernetes">[]): void {
  const minor = minorIn(version);
  if (minor === undefined) throw usage(`${version} is no version of Kubernetes`);
  const oldest = clusters.map(({ kubernetes }) => minorIn(kubernetes) ?? minor).toSorted((a, b) => a - b)[0];
  if (oldest !== undefined && minor <= oldest)
    throw usage(`every cluster runs Kubernetes 1.${oldest} at least: there is no upgrade to ${version}`);
  if (minor > lastKnownMinor)
    throw usage(
      `what Kubernetes ${version} removes is not known yet; 1.${lastKnownMinor} is the last that is`,
    );
}

/** `1.36` → 36; undefined for what is no such version. */
function minorIn(version: string): number | undefined {
  const minor = /^1\.(\d{1,3})$/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function usage(what: string): ProblemsError {
  const fix = "write major and minor of a version to come, such as --kubernetes 1.36";
  return new ProblemsError([{ rule: "usage", at: { definition: "slipway gate" }, what, fix }]);
}
