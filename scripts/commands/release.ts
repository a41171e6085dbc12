import { subjectText } from "../../synth/model/release.ts";
import { isoTime } from "../../synth/release/refusals.ts";
import { identity, resolveCommit } from "../git/repository.ts";
import { refuseChanges } from "../promotion/desk.ts";
import { freeze, unfrozenSubjects } from "../promotion/freeze.ts";
import { digestOfTag } from "../promotion/ecr.ts";
import { namedImage } from "../promotion/named-image.ts";
import { digestOf, imageTarget, pinImage } from "../promotion/set-image.ts";
import { recover } from "../tree/tree.ts";
import { distPath, loadFleet, readInputs, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";
import { reason } from "./reason.ts";
import { defineRefreshFacts } from "./refresh-facts.ts";

interface Options {
  readonly fromEcr?: string;
  readonly profile?: string;
  readonly json?: true;
}

/** `slipway release`: what continuous integration tells of a new image. */
export const releaseCommand: DefineCommand = (program) => {
  const release = program
    .command("release")
    .description("Change what an environment that follows main runs, and what frozen ones are frozen at.");
  release
    .command("set-image")
    .description("Pin an image by digest in the release of an environment that follows main.")
    .argument("<app>", "the app")
    .argument("<environment>", "one that follows main, such as dev")
    .argument("<image>", "<name>@sha256:<digest>; the name alone with --from-ecr")
    .option("--from-ecr <tag>", "the digest that this tag has in the cluster's ECR, by the aws command line")
    .option("--profile <name>", "profile of the aws command line")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- release set-image voice-agent-studio dev app@sha256:<digest>
  npm run slipway -- release set-image voice-agent-studio dev app --from-ecr 1.4.0`,
    )
    .action(async (app: string, environment: string, image: string, options: Options) => {
      const fleet = await loadFleet();
      const { name, pin: given } = namedImage(image);
      const target = imageTarget(fleet, app, environment, name);
      const digest =
        options.fromEcr === undefined
          ? digestOf(target, given)
          : await digestOfTag(fleet, target, options.fromEcr, options.profile);
      const isChanged = pinImage(root, readInputs(), target, digest);
      if (options.json)
        console.log(JSON.stringify({ app, environment, image: name, digest, changed: isChanged }));
      else if (isChanged)
        console.log(`${app} ${environment}: ${name} is ${digest}\nrender it: npm run synth`);
      else console.log(`${app} ${environment}: ${name} is ${digest} already`);
    });
  defineRefreshFacts(release);
  release
    .command("freeze")
    .description("Freeze environments that have followed main until now at what this commit renders.")
    .option(
      "--why <text>",
      "reason, for the releases",
      reason,
      "First freeze: what runs is what this revision renders",
    )
    .addHelpText("after", "\nExample:\n  npm run slipway -- release freeze && npm run synth")
    .action(async ({ why }: { readonly why: string }) => {
      recover(distPath);
      await refuseChanges(root);
      const [fleet, inputs] = [await loadFleet(), readInputs()];
      const subjects = unfrozenSubjects(fleet, inputs);
      const [revision, who] = [await resolveCommit(root, "HEAD"), await identity(root)];
      const when = isoTime(Math.floor(Date.now() / 1000));
      await freeze(root, inputs, subjects, { revision, who, when, why });
      for (const subject of subjects)
        console.log(`froze ${subjectText(subject)} at ${revision.slice(0, 12)}`);
      console.log(
        subjects.length === 0 ? "nothing is left to freeze" : "render the rest, and commit: npm run synth",
      );
    });
};
