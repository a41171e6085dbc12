import { forgeAt } from "../promotion/forge-of.ts";
import { openDesk } from "../promotion/desk.ts";
import { releaseHistory } from "../promotion/history.ts";
import { printOutcome } from "../promotion/print-outcome.ts";
import { propose } from "../promotion/propose.ts";
import { findPast, releaseAgain } from "../promotion/rollback.ts";
import { refuseFollowing, routeOf } from "../promotion/subjects.ts";
import { branchName, short } from "../promotion/text.ts";
import type { DefineCommand } from "./command.ts";
import { withProposalOptions } from "./proposal-options.ts";
import type { ProposalOptions } from "./proposal-options.ts";
import { subjectNamed, withSubject } from "./subject-argument.ts";

interface Options extends ProposalOptions {
  readonly to?: string;
  readonly addon?: true;
}

/** `slipway rollback`: an earlier release again, byte for byte. */
export const rollbackCommand: DefineCommand = (program) => {
  const command = withSubject(program.command("rollback"))
    .description("Go back to an earlier release, byte for byte as git has it, as one pull request.")
    .option("--to <release>", "beginning of its commit or revision; default: the one before")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- rollback voice-agent-studio prod
  npm run slipway -- rollback voice-agent-studio prod --to 3f2a1bc --why "sign-in fails"`,
    );
  withProposalOptions(command).action(async (name: string, step: string, options: Options) => {
    const subject = subjectNamed(name, step, options);
    const desk = await openDesk(options.remote);
    refuseFollowing(routeOf(desk.fleet, subject.of, name), subject);
    const forge = await forgeAt(desk, options.forge);
    const past = findPast(await releaseHistory(desk.root, desk.base, subject), subject, options.to);
    const title = `Roll ${name} ${step} back to ${short(past.release.frozen.revision)}`;
    const outcome = await propose(
      desk,
      {
        kind: "rollback",
        branch: branchName(
          "rollback",
          subject.of,
          [name],
          [step],
          `${short(past.commit)}-${short(desk.base)}`,
        ),
        title,
        defaultWhy: title,
        subjects: [subject],
        notes: [],
        releases: async (decision) => [await releaseAgain(desk, subject, past, decision)],
      },
      { why: options.why, dryRun: options.dryRun, forge },
    );
    printOutcome(outcome, options);
  });
};
