import { exitCodes } from "../../exit-codes.ts";
import { allow, kubeconfig, say, subcommand, wait, withCluster, yes } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

interface Options extends AwsOptions {
  readonly push?: true;
  readonly smokeChecks: boolean;
}

/** `slipway aws deploy-all` */
export const deployAllCommand: DefineAwsCommand = (aws, finish) => {
  subcommand(aws, {
    name: "deploy-all",
    description: "From an empty account to hosts that answer: every step, in order, that is not done yet.",
    examples: ["deploy-all attractor-factory --dry-run", "deploy-all attractor-factory --yes --push"],
  })
    .option(...yes)
    .option(...allow)
    .option(...kubeconfig)
    .option(...wait(30))
    .option(
      "--push",
      "commit what AWS says of the cluster, and push it to the branch that reconcilers follow",
    )
    .option("--no-smoke-checks", "do not ask the hosts at the end")
    .action(async (cluster: string, options: Options) => {
      const { deployAll } = await import("../../aws/deploy-all.ts");
      const { push = false, smokeChecks, kubeconfig: path, wait: waitMinutes } = options;
      const { outcome, toMerge } = await withCluster(cluster, options, (session) =>
        deployAll(session, { push, smokeChecks, kubeconfig: path, waitMinutes }),
      );
      if (toMerge === undefined) return console.log(`${cluster}: ${outcome}`);
      for (const file of toMerge) say(`  ${file}`);
      console.log(
        `${cluster}: ${toMerge.length} files have to reach the branch that the reconciler follows; commit and merge them, then run the command again`,
      );
      finish(exitCodes.differs);
    });
};
