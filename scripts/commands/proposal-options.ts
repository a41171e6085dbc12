import { Option } from "commander";
import type { Command } from "commander";
import { forgeNames } from "../forge/forges.ts";
import type { ForgeName } from "../forge/forges.ts";
import { reason } from "./reason.ts";

/** Options of every command that opens a pull request. */
export interface ProposalOptions {
  readonly why?: string;
  readonly dryRun?: true;
  readonly remote: string;
  readonly forge?: ForgeName;
  readonly json?: true;
}

export function withProposalOptions(command: Command): Command {
  return command
    .option("--why <text>", "reason, for the release, the commit and the pull request", reason)
    .option("--dry-run", "say what would be proposed, and push nothing")
    .option("--remote <name>", "remote to push to", "origin")
    .addOption(
      new Option(
        "--forge <name>",
        "where pull requests are opened; default: told by the remote's host",
      ).choices(forgeNames),
    )
    .option("--json", "print the result as JSON");
}
