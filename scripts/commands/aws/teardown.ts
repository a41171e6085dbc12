import { subcommand, withCluster } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

interface Options extends Omit<AwsOptions, "yes"> {
  /** Name of the cluster, once more. */
  readonly yes?: string;
}

/** `slipway aws teardown` */
export const teardownCommand: DefineAwsCommand = (aws) => {
  subcommand(aws, {
    name: "teardown",
    description: "Delete a cluster's stacks, unless data or load balancers would be left behind.",
    examples: [
      "teardown attractor-factory-nonprod --dry-run",
      "teardown attractor-factory-nonprod --yes attractor-factory-nonprod",
    ],
  })
    .option("--yes <cluster>", "the cluster's name once more, to say that it is meant")
    .action(async (cluster: string, { yes, ...options }: Options) => {
      const { teardown } = await import("../../aws/teardown.ts");
      console.log(
        `stacks of ${cluster}: ${await withCluster(cluster, options, (session) => teardown(session, yes))}`,
      );
    });
};
