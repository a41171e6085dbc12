import { ProblemsError } from "../../synth/model/problem.ts";
import { exitCodes } from "../exit-codes.ts";
import { compareRevisions } from "../report/compare.ts";
import { verdictJson } from "../report/json.ts";
import { verdictLines } from "../report/verdict-lines.ts";
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
      const { verdict, base, head } = await compareRevisions(options, checked(options.kubernetes));
      if (options.json) console.log(JSON.stringify({ base, head, ...verdictJson(verdict) }));
      else console.log([...verdictLines(verdict), `from ${base} to ${head}`].join("\n"));
      finish(verdict.refused.length > 0 ? exitCodes.failed : exitCodes.clean);
    });
};

function checked(version: string | undefined): string | undefined {
  if (version === undefined || /^1\.\d{1,3}$/.test(version)) return version;
  throw new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway gate" },
      what: `${version} is no version of Kubernetes`,
      fix: "write major and minor, such as --kubernetes 1.36",
    },
  ]);
}
