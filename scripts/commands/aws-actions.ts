import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { AddAwsCommand, AwsOptions } from "./aws.ts";

/** Progress goes to standard error, so that standard output holds the result alone. */
const say = (line: string): void => console.error(line);

const yes = ["--yes", "do not ask before something is changed"] as const;
const allow = [
  "--allow <stack/id...>",
  "let these be replaced or removed, although they carry the cluster or hold data",
] as const;
const kubeconfig = ["--kubeconfig <path>", "reach the cluster by this, not by what EKS gives"] as const;

function wait(command: Command, minutes: number): Command {
  return command.option("--wait <minutes>", "how long to wait for the cluster", wholeNumber, minutes);
}

function wholeNumber(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("give whole minutes");
}

/** What the commands are, each a few lines around the file of its name in scripts/aws, which is loaded when it is run. */
export function defineAwsActions(add: AddAwsCommand, finish: (code: ExitCode) => void): void {
  wait(
    add("deploy-all", "From an empty account to hosts that answer: all of the below, in order.", [
      "deploy-all attractor-factory --dry-run",
      "deploy-all attractor-factory --yes --push",
    ]),
    30,
  )
    .argument("<cluster>")
    .option(...yes)
    .option(...allow)
    .option(...kubeconfig)
    .option(
      "--push",
      "commit what AWS says of the cluster, and push it to the branch that reconcilers follow",
    )
    .option("--no-smoke-checks", "do not ask the hosts at the end")
    .action(async (cluster: string, options: AwsOptions & { push?: true; smokeChecks: boolean }) => {
      const { deployAll } = await import("../aws/deploy-all.ts");
      const { push = false, smokeChecks, kubeconfig: path, wait: waitMinutes = 30 } = options;
      const { outcome, toMerge } = await session(cluster, options, (open) =>
        deployAll(open, { push, smokeChecks, kubeconfig: path, waitMinutes }),
      );
      if (toMerge === undefined) return print(`${cluster}: ${outcome}`);
      for (const file of toMerge) say(`  ${file}`);
      print(
        `${cluster}: these ${toMerge.length} files have to reach the branch that the reconciler follows; commit and merge them, then run the command again`,
      );
      finish(exitCodes.differs);
    });

  add("deploy-infra", "Deploy the CloudFormation stacks that a cluster stands on.", [
    "deploy-infra attractor-factory --dry-run",
    "deploy-infra attractor-factory",
  ])
    .argument("<cluster>")
    .option(...yes)
    .option(...allow)
    .action(async (cluster: string, options: AwsOptions) => {
      const { deployInfra } = await import("../aws/deploy-infra.ts");
      print(`stacks of ${cluster}: ${await session(cluster, options, deployInfra)}`);
    });

  add("outputs", "Write what the stacks say of a cluster into its facts.", [
    "outputs attractor-factory",
    "outputs attractor-factory --check",
  ])
    .argument("<cluster>")
    .option("--check", "write nothing; exit 2 if the facts are not what the stacks say")
    .action(async (cluster: string, options: AwsOptions & { check?: true }) => {
      const { compareFacts, writeFacts } = await import("../aws/outputs.ts");
      const looksOnly = options.check === true || options.dryRun === true;
      const difference = await session(cluster, options, async (open) => {
        const found = await compareFacts(open);
        if (!looksOnly && found.lines.length > 0) writeFacts(found);
        return found;
      });
      for (const line of difference.lines) print(line);
      if (difference.lines.length === 0) print(`${difference.path} is what the stacks say`);
      else if (!looksOnly) print(`${difference.path} is written; npm run synth, and commit both`);
      if (options.check && difference.lines.length > 0) finish(exitCodes.differs);
    });

  wait(
    add(
      "install-alb-controller",
      "Install the reconciler, which brings the ALB controller and every other add-on.",
      ["install-alb-controller attractor-factory"],
    ),
    30,
  )
    .argument("<cluster>")
    .option(...yes)
    .option(...kubeconfig)
    .action(async (cluster: string, options: AwsOptions) => {
      const { installAlbController } = await import("../aws/install-alb-controller.ts");
      const outcome = await session(cluster, options, (open) =>
        installAlbController(open, options.kubeconfig, options.wait ?? 30),
      );
      print(`reconciler of ${cluster}: ${outcome}`);
    });

  wait(
    add("deploy-app", "See a merged release through: main holds it, the reconciler has it, it is healthy.", [
      "deploy-app attractor-factory attractor-factory-prod",
    ]),
    15,
  )
    .argument("<cluster>")
    .argument("[placement...]", "names of placements, <app>-<environment>; default: all of the cluster")
    .option(...kubeconfig)
    .action(async (cluster: string, placements: readonly string[], options: AwsOptions) => {
      const { deployApp } = await import("../aws/deploy-app.ts");
      const { kubeconfig: path, wait: waitMinutes = 15 } = options;
      const outcome = await session(cluster, options, (open) =>
        deployApp(open, { placements, kubeconfig: path, waitMinutes }),
      );
      print(`apps of ${cluster}: ${outcome}`);
    });

  wait(
    add("publish-dns", "Point the hosts at the load balancers that the cluster was given.", [
      "publish-dns attractor-factory",
    ]),
    0,
  )
    .argument("<cluster>")
    .option(...yes)
    .option(...kubeconfig)
    .action(async (cluster: string, options: AwsOptions) => {
      const { publishDns } = await import("../aws/publish-dns.ts");
      const { connect } = await import("../aws/cluster/connect.ts");
      const outcome = await session(cluster, options, async (open) =>
        publishDns(open, await connect(open, options.kubeconfig), options.wait ?? 0),
      );
      print(`records of ${cluster}: ${outcome}`);
    });
}

async function session<Result>(
  cluster: string,
  options: AwsOptions,
  work: Parameters<typeof import("../aws/session.ts").withSession<Result>>[3],
): Promise<Result> {
  const { withSession } = await import("../aws/session.ts");
  return withSession(cluster, options, say, work);
}

function print(line: string): void {
  console.log(line);
}
