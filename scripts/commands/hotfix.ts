import { createHash } from "node:crypto";
import { forgeAt } from "../promotion/forge-of.ts";
import { isAncestor, resolveCommit } from "../git/repository.ts";
import { changesNothing } from "../promotion/compose.ts";
import { openDesk } from "../promotion/desk.ts";
import { planHotfix, renderHotfix } from "../promotion/hotfix.ts";
import { printOutcome } from "../promotion/print-outcome.ts";
import { propose } from "../promotion/propose.ts";
import { refuseFollowing, routeOf } from "../promotion/subjects.ts";
import { branchName, short } from "../promotion/text.ts";
import type { DefineCommand } from "./command.ts";
import { withProposalOptions } from "./proposal-options.ts";
import type { ProposalOptions } from "./proposal-options.ts";
import { subjectNamed, withSubject } from "./subject-argument.ts";
import { usageProblem } from "./usage.ts";

interface Options extends ProposalOptions {
  readonly revision?: string;
  readonly image?: readonly string[];
  readonly addon?: true;
}

/** `slipway hotfix`: one step gets a revision or an image past the others. */
export const hotfixCommand: DefineCommand = (program) => {
  const command = withSubject(program.command("hotfix"))
    .description(
      "Release a revision or an image to one environment, past the ones before it, as one pull request.",
    )
    .option("--revision <commit>", "what to render it from; default: the revision that runs")
    .option("--image <name@digest...>", "image in place of the one that runs; the others stay")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- hotfix voice-agent-studio prod --image app@sha256:<digest> --why "sign-in fails"
  npm run slipway -- hotfix voice-agent-studio prod --revision fix-sign-in`,
    );
  withProposalOptions(command).action(async (name: string, step: string, options: Options) => {
    const { image = [], revision: named } = options;
    if (image.length === 0 && named === undefined) {
      throw usageProblem("nothing says what the fix is", "give --revision, --image, or both");
    }
    const subject = subjectNamed(name, step, options);
    const desk = await openDesk(options.remote);
    refuseFollowing(routeOf(desk.fleet, subject.of, name), subject);
    const forge = await forgeAt(desk, options.forge);
    const revision = named === undefined ? undefined : await resolveCommit(desk.root, named);
    const hotfix = planHotfix(desk, subject, revision, image);
    const isOnMain = await isAncestor(desk.root, hotfix.revision, desk.base);
    const pins = createHash("sha256").update(JSON.stringify(hotfix.images)).digest("hex").slice(0, 8);
    const title = `Hotfix ${name} ${step} with ${short(hotfix.revision)}`;
    const outcome = await propose(
      desk,
      {
        kind: "hotfix",
        branch: branchName("hotfix", subject.of, [name], [step], `${short(hotfix.revision)}-${pins}`),
        title,
        defaultWhy: title,
        subjects: [subject],
        notes: ["soak, health and order: a hotfix goes past them"],
        keep: isOnMain ? [] : [hotfix.revision],
        releases: async (decision) => {
          const next = await renderHotfix(desk, hotfix, decision);
          return changesNothing(next) ? [] : [next];
        },
      },
      { why: options.why, dryRun: options.dryRun, forge },
    );
    printOutcome(outcome, options);
  });
};
