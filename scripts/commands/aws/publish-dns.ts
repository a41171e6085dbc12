import { allow, kubeconfig, subcommand, wait, withCluster, yes } from "./subcommand.ts";
import type { AwsOptions, DefineAwsCommand } from "./subcommand.ts";

/** `slipway aws publish-dns` */
export const publishDnsCommand: DefineAwsCommand = (aws) => {
  subcommand(aws, {
    name: "publish-dns",
    description: "Point the hosts at the load balancers that the cluster was given.",
    examples: ["publish-dns attractor-factory", "publish-dns attractor-factory --wait 10"],
  })
    .option(...yes)
    .option(...allow)
    .option(...kubeconfig)
    .option(...wait(0))
    .action(async (cluster: string, options: AwsOptions) => {
      const { publishDns } = await import("../../aws/publish-dns.ts");
      const { connect } = await import("../../aws/cluster/connect.ts");
      const outcome = await withCluster(cluster, options, async (session) =>
        publishDns(session, await connect(session, options.kubeconfig), options.wait),
      );
      console.log(`records of ${cluster}: ${outcome}`);
    });
};
