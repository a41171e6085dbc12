import { buildPushCommand } from "./aws/build-push.ts";
import { deployAllCommand } from "./aws/deploy-all.ts";
import { deployAppCommand } from "./aws/deploy-app.ts";
import { deployInfraCommand } from "./aws/deploy-infra.ts";
import { installAlbControllerCommand } from "./aws/install-alb-controller.ts";
import { outputsCommand } from "./aws/outputs.ts";
import { publishDnsCommand } from "./aws/publish-dns.ts";
import { smokeChecksCommand } from "./aws/smoke-checks.ts";
import { teardownCommand } from "./aws/teardown.ts";
import type { DefineAwsCommand } from "./aws/subcommand.ts";
import type { DefineCommand } from "./command.ts";

const subcommands: readonly DefineAwsCommand[] = [
  buildPushCommand,
  deployAllCommand,
  deployAppCommand,
  deployInfraCommand,
  installAlbControllerCommand,
  outputsCommand,
  publishDnsCommand,
  smokeChecksCommand,
  teardownCommand,
];

/** `slipway aws`: what is underneath a cluster, and the way from an empty account to a running one. */
export const awsCommand: DefineCommand = (program, finish) => {
  const aws = program
    .command("aws")
    .description("Deploy what a cluster on EKS stands on, and bring it into service.")
    .configureHelp({ sortSubcommands: true })
    .addHelpText(
      "after",
      `
Profile, account and region are those of the cluster's definition, and are checked before anything else. Every command may
be run again after any failure: it goes on where it stopped. docs/eks-deployment.md leads through all of it.`,
    );
  for (const define of subcommands) define(aws, finish);
};
