import { allow, subcommand, withCluster, yes } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

/** `slipway aws deploy-infra` */
export const deployInfraCommand: DefineAwsCommand = (aws) => {
  subcommand(aws, {
    name: "deploy-infra",
    description: "Deploy the CloudFormation stacks that a cluster stands on.",
    examples: ["deploy-infra attractor-factory --dry-run", "deploy-infra attractor-factory"],
  })
    .option(...yes)
    .option(...allow)
    .action(async (cluster: string, options: AwsOptions) => {
      const { deployInfra } = await import("../../aws/deploy-infra.ts");
      console.log(`stacks of ${cluster}: ${await withCluster(cluster, options, deployInfra)}`);
    });
};
