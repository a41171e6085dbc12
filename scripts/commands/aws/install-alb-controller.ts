import { kubeconfig, subcommand, wait, withCluster, yes } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

/** `slipway aws install-alb-controller` */
export const installAlbControllerCommand: DefineAwsCommand = (aws) => {
  subcommand(aws, {
    name: "install-alb-controller",
    description: "Install the reconciler, which brings the load balancer controller and every other add-on.",
    examples: ["install-alb-controller attractor-factory"],
  })
    .option(...yes)
    .option(...kubeconfig)
    .option(...wait(30))
    .action(async (cluster: string, options: AwsOptions) => {
      const { installAlbController } = await import("../../aws/install-alb-controller.ts");
      const outcome = await withCluster(cluster, options, (session) =>
        installAlbController(session, options.kubeconfig, options.wait),
      );
      console.log(`reconciler of ${cluster}: ${outcome}`);
    });
};
