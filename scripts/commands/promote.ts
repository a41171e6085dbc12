import { forgeAt } from "../promotion/forge-of.ts";
import { openDesk } from "../promotion/desk.ts";
import { printOutcome } from "../promotion/print-outcome.ts";
import { notesOf, planMoves, renderMoves } from "../promotion/promote.ts";
import type { Wish } from "../promotion/promote.ts";
import { propose } from "../promotion/propose.ts";
import { branchName, listed, short } from "../promotion/text.ts";
import { askHealth } from "../promotion/health.ts";
import type { DefineCommand } from "./command.ts";
import { withProposalOptions } from "./proposal-options.ts";
import type { ProposalOptions } from "./proposal-options.ts";

interface Options extends ProposalOptions {
  readonly from: string;
  readonly to: readonly string[];
  readonly addons?: true;
  readonly kubeconfig?: string;
}

/** `slipway promote`: moves releases one step on, as one pull request. */
export const promoteCommand: DefineCommand = (program) => {
  const command = program
    .command("promote")
    .description("Move what one environment runs to the next, whole, as one pull request.")
    .argument("<name...>", "apps; add-ons with --addons. Several are one train")
    .requiredOption("--from <step>", "environment, or group of clusters, that runs it")
    .requiredOption("--to <step...>", "where to; several in a row only where the policy asks for no soak")
    .option("--addons", "the names are add-ons, and the steps groups of clusters")
    .option("--kubeconfig <path>", "ask the source's cluster whether it is healthy")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- promote voice-agent-studio --from dev --to staging --dry-run
  npm run slipway -- promote voice-agent-studio attractor-factory --from staging --to prod --why "release 42"
  npm run slipway -- promote cert-manager --addons --from nonprod --to prod`,
    );
  withProposalOptions(command).action(async (names: readonly string[], options: Options) => {
    const desk = await openDesk(options.remote);
    const forge = await forgeAt(desk, options.forge);
    const { from, to } = options;
    const wish: Wish = { of: options.addons ? "addon" : "app", names: [...new Set(names)], from, to };
    const planned = await planMoves(desk, wish, askHealth(desk, options.kubeconfig), forge);
    const [revision = desk.base] = planned.map(({ source }) => source.revision);
    const title = `Promote ${listed(wish.names)} to ${to.join(", ")}`;
    const outcome = await propose(
      desk,
      {
        kind: "promote",
        branch: branchName("promote", wish.of, wish.names, to, short(revision)),
        title,
        defaultWhy: `${title} from ${from}`,
        subjects: planned.map(({ move }) => move.target),
        notes: notesOf(planned),
        releases: (decision) =>
          renderMoves(desk, planned, ({ move }) => ({
            ...decision,
            revision: move.revision,
            from: move.from,
          })),
      },
      { why: options.why, dryRun: options.dryRun, forge },
    );
    printOutcome(outcome, options);
  });
};
