import { digestOfTag } from "../promotion/ecr.ts";
import { digestOf, imageTarget, pinImage } from "../promotion/set-image.ts";
import { loadFleet, readInputs, root } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly fromEcr?: string;
  readonly profile?: string;
  readonly json?: true;
}

/** `slipway release`: what continuous integration tells of a new image. */
export const releaseCommand: DefineCommand = (program) => {
  const release = program
    .command("release")
    .description("Change what an environment that follows main runs.");
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
      const [name = "", given = ""] = image.split("@");
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
};
