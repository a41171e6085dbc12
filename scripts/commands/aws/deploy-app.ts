import { kubeconfig, subcommand, wait, withCluster } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

/** `slipway aws deploy-app` */
export const deployAppCommand: DefineAwsCommand = (aws) => {
  subcommand(aws, {
    name: "deploy-app",
    description: "See a merged release through: main holds it, the reconciler has it, it is healthy.",
    examples: ["deploy-app attractor-factory attractor-factory-prod"],
  })
    .argument("[placement...]", "names of placements, <app>-<environment>; default: all of the cluster")
    .option(...kubeconfig)
    .option(...wait(15))
    .action(async (cluster: string, placements: readonly string[], options: AwsOptions) => {
      const { deployApp } = await import("../../aws/deploy-app.ts");
      const outcome = await withCluster(cluster, options, (session) =>
        deployApp(session, { placements, kubeconfig: options.kubeconfig, waitMinutes: options.wait }),
      );
      console.log(`apps of ${cluster}: ${outcome}`);
    });
};
