import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { awsCommand } from "../../scripts/commands/aws.ts";
import * as its from "./rules.ts";
import type { Rule } from "./rules.ts";

const clusters = fleet.clusters.map(({ name }) => name);
const placements = fleet.clusters.flatMap((cluster) =>
  cluster.placements.map(({ app, environment }) => `${app}-${environment}`),
);
const attractorFactory = fleet.clusters.find(({ name }) => name === "attractor-factory");

/** The command line takes it as it stands, with a cluster and placements that there are. What it does, test/live/aws shows. */
const isTaken: Rule = async (command) => {
  const words = command
    .replace(/<[^>]*>/g, "placeholder")
    .split(" ")
    .slice(4);
  const program = new Command("slipway").exitOverride().configureOutput({ writeErr: () => {} });
  awsCommand(program, () => {});
  const taken: string[] = [];
  for (const subcommand of program.commands.flatMap((aws) => aws.commands)) {
    subcommand.exitOverride().action((cluster: string, names: unknown) => {
      taken.push(cluster, ...[names].flat().filter((name) => typeof name === "string"));
    });
  }
  await program.parseAsync(words, { from: "user" });
  const [cluster = "", ...names] = taken;
  expect(clusters).toContain(cluster);
  for (const name of names) expect(placements).toContain(name);
};

/** Profile, region, stacks and zone that it names are those of the definition. */
const isAboutStacks: Rule = (command) => {
  const value = (option: string) => new RegExp(`--${option} (\\S+)`).exec(command)?.[1];
  if (attractorFactory?.provider !== "eks") throw new Error("attractor-factory is not on AWS");
  const { profile, region, aws } = attractorFactory;
  expect([profile, undefined]).toContain(value("profile"));
  expect([region, undefined]).toContain(value("region"));
  expect([aws.zone, undefined]).toContain(value("dns-name"));
  const stack = value("stack-name")?.replace("attractor-factory-", "");
  if (stack !== undefined)
    expect(existsSync(join(its.copy.root, `dist/attractor-factory/aws/${stack}.yaml`))).toBe(true);
};

const stackOptions = "--profile ai-sandbox-administrator --region us-west-2";
const slipway = "npm run slipway -- aws";

export const awsRules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    [
      "deploy-all attractor-factory --dry-run",
      "deploy-all attractor-factory",
      "deploy-infra attractor-factory --dry-run",
      "deploy-infra attractor-factory",
      "outputs attractor-factory",
      "outputs attractor-factory --check",
      "build-push attractor-factory-nonprod attractor-factory-dev --source ../attractor-factory --tag 1.4.0",
      "install-alb-controller attractor-factory",
      "deploy-app attractor-factory",
      "deploy-app attractor-factory attractor-factory-prod",
      "publish-dns attractor-factory",
      "publish-dns attractor-factory --wait 10",
      "smoke-checks attractor-factory",
      "smoke-checks attractor-factory --at <name of the load balancer>",
      "teardown attractor-factory --dry-run",
      "teardown attractor-factory --yes attractor-factory",
    ].map((rest) => [`${slipway} ${rest}`, isTaken]),
  ),
  "npm run environment-variables": its.startsScript("scripts/environment-variables/generate.ts"),

  "aws configure sso --profile ai-sandbox-administrator": isAboutStacks,
  "aws sso login --profile ai-sandbox-administrator": isAboutStacks,
  "aws route53 create-hosted-zone --name pelx.ai --caller-reference slipway": its.mentioned,
  "aws route53 list-hosted-zones-by-name --dns-name pelx.ai --profile ai-sandbox-administrator":
    isAboutStacks,
  [`aws secretsmanager put-secret-value --secret-id attractor-factory/attractor-factory/prod/redis --secret-string file://redis.json ${stackOptions}`]:
    its.isAbout("attractor-factory/applications/attractor-factory-prod", "ExternalSecret.redis"),
  [`aws cloudformation continue-update-rollback --stack-name attractor-factory-eks ${stackOptions}`]:
    isAboutStacks,
  [`aws cloudformation delete-stack --stack-name attractor-factory-network ${stackOptions}`]: isAboutStacks,
  [`aws cloudformation describe-stack-events --stack-name attractor-factory-eks ${stackOptions}`]:
    isAboutStacks,
  [`aws ec2 delete-volume --volume-id <id> ${stackOptions}`]: isAboutStacks,

  // They look, and name no object of ours.
  "aws eks describe-addon-versions": its.mentioned,
  "kubectl get applications -n argocd": its.mentioned,
  "kubectl get events -A --field-selector type=Warning": its.mentioned,
  "kubectl get externalsecrets -A": its.mentioned,
  "kubectl describe ingress attractor-factory -n factory-system": its.isAbout(
    "attractor-factory/applications/attractor-factory-prod",
    "Ingress.attractor-factory",
  ),
};
