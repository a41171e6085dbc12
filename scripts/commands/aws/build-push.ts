import { InvalidArgumentError } from "commander";
import { subcommand, withCluster } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

interface Options extends AwsOptions {
  readonly source: string;
  readonly tag: string;
  readonly image?: readonly string[];
}

/** `slipway aws build-push` */
export const buildPushCommand: DefineAwsCommand = (aws) => {
  subcommand(aws, {
    name: "build-push",
    description: "Build the images of an app, push them, and write their digests into a release.",
    examples: [
      "build-push attractor-factory-nonprod attractor-factory-dev --source ../attractor-factory --tag 1.4.0",
      "build-push attractor-factory-nonprod attractor-factory-dev --source ../attractor-factory --tag 1.4.0 --image api web",
    ],
  })
    .argument("<placement>", "whose release is written, <app>-<environment>")
    .requiredOption("--source <path>", "folder with <image>/Dockerfile or Dockerfile.<image> for each image")
    .requiredOption("--tag <version>", "version to tag the images with, such as 1.4.0", version)
    .option("--image <name...>", "only these images of the app")
    .action(async (cluster: string, placement: string, options: Options) => {
      const { buildPush } = await import("../../aws/build-push.ts");
      const { source, tag, image: images = [] } = options;
      const digests = await withCluster(cluster, options, (session) =>
        buildPush(session, { placement, source, tag, images }),
      );
      for (const [name, digest] of Object.entries(digests)) console.log(`${name} ${digest}`);
    });
};

/** What a release may pin, so that a tag never needs quoting anywhere. */
function version(text: string): string {
  if (/^\d+\.\d+\.\d+$/.test(text)) return text;
  throw new InvalidArgumentError("give three numbers, such as 1.4.0");
}
