import { Option } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { terminalWidth } from "../output/table.ts";
import { compareRevisions } from "../report/compare.ts";
import { htmlReport } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { markdownReport } from "../report/markdown.ts";
import { differs } from "../report/report.ts";
import type { Report } from "../report/report.ts";
import { terminalReport } from "../report/terminal.ts";
import type { DefineCommand } from "./command.ts";

const formats = ["terminal", "markdown", "html", "json"] as const;
type Format = (typeof formats)[number];

interface Options {
  readonly base?: string;
  readonly head?: string;
  readonly exact?: true;
  readonly format: Format;
  readonly noise?: true;
}

/** `slipway diff`: what clusters will do, between two revisions of dist. */
export const diffCommand: DefineCommand = (program, finish) => {
  program
    .command("diff")
    .description("Say what the clusters will do: dist as it is, compared by objects with what a branch has.")
    .option(
      "--base <revision>",
      "what to compare with, at the newest commit in common; default: origin/main, else main",
    )
    .option("--head <revision>", "what to look at; default: dist in the work tree")
    .option("--exact", "compare with the base itself, not with what it has in common")
    .addOption(new Option("--format <format>", "for whom").choices(formats).default("terminal"))
    .option("--noise", "list what changes nothing, too: bookkeeping, order, paths")
    .addHelpText(
      "after",
      `
Exits with 2 if anything differs, and with 0 if nothing does.

Examples:
  npm run slipway -- diff
  npm run slipway -- diff --base HEAD~1
  npm run slipway -- diff --format html > report.html`,
    )
    .action(async (options: Options) => {
      const report = await compareRevisions(options);
      console.log(printed[options.format](report, options));
      finish(differs(report) ? exitCodes.differs : exitCodes.clean);
    });
};

const printed: Readonly<Record<Format, (report: Report, options: Options) => string>> = {
  terminal: (report, { noise }) => terminalReport(report, { width: terminalWidth(), noise: noise === true }),
  markdown: (report) => markdownReport(report).trimEnd(),
  html: (report) => htmlReport(report).trimEnd(),
  json: jsonReport,
};
