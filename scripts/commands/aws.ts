import type { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import type { SessionOptions } from "../aws/session.ts";
import type { DefineCommand } from "./command.ts";
import { defineAwsActions } from "./aws-actions.ts";

/** What every command that changes something may be told. */
export interface AwsOptions extends SessionOptions {
  readonly kubeconfig?: string;
  readonly wait?: number;
}

/** Adds a command below `aws`, with what all of them may be told. */
export type AddAwsCommand = (name: string, description: string, examples: readonly string[]) => Command;

/** `slipway aws`: what is underneath a cluster, and the way from an empty account to a running one. */
export const awsCommand: DefineCommand = (program, finish) => {
  const aws = program
    .command("aws")
    .description("Deploy what a cluster on EKS stands on, and bring it into service.")
    .addHelpText(
      "after",
      `
Profile, account and region are those of the cluster's definition, and are checked before anything else. Every command may
be run again after any failure: it goes on where it stopped. docs/eks-deployment.md leads through all of it.`,
    );
  aws.action(() => {
    aws.outputHelp();
    finish(exitCodes.clean);
  });
  const add: AddAwsCommand = (name, description, examples) =>
    aws
      .command(name)
      .description(description)
      .option("--no-profile", "use the credentials of the environment, not the definition's profile")
      .option("--dry-run", "print what would be done, and do nothing")
      .addHelpText(
        "after",
        ["", "Examples:", ...examples.map((line) => `  npm run slipway -- aws ${line}`)].join("\n"),
      );
  defineAwsActions(add, finish);
};
