import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { addonPath, appFolder, clusterPath, factsPath, fleetPath } from "../../synth/model/paths.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { reconcilers } from "../../synth/model/names.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { callDefinitions } from "../definition-errors.ts";
import { root } from "../root.ts";
import { addonScaffold, catalogPath, parseChart, valuesPath } from "../scaffold/addon.ts";
import { appScaffold, firstClusterPath } from "../scaffold/app.ts";
import { clusterScaffold } from "../scaffold/cluster.ts";
import { accountId, regionName } from "../scaffold/aws-options.ts";
import { refuseTaken } from "../scaffold/free-name.ts";
import { checkName, refusal, refuseEnvironment } from "../scaffold/name.ts";
import type { Scaffold } from "../scaffold/scaffold.ts";
import { refuseUnfinished } from "../scaffold/unfinished.ts";
import { formatted, write } from "../scaffold/write.ts";
import { loadFleet, readInputs } from "../workspace.ts";
import type { DefineCommand } from "./command.ts";

interface Options {
  readonly dryRun?: true;
}

interface ClusterCommandOptions extends Options {
  readonly provider: "eks" | "kind";
  readonly reconciler: Reconciler;
  readonly account: string;
  readonly region: string;
}

/** `slipway new`: a definition to start from, one that renders and passes every check. */
export const newCommand: DefineCommand = (program) => {
  const command = program
    .command("new")
    .description("Start an app, an add-on or a cluster: a definition that renders and passes every check.")
    .addHelpText(
      "after",
      `
Examples:
  npm run slipway -- new app status-page
  npm run slipway -- new addon node-tuning --chart https://charts.example.com/node-tuning@1.4.0
  npm run slipway -- new cluster tools-prod --account 111122223333 --region eu-central-1 --dry-run`,
    );
  newApp(command);
  newAddon(command);
  newCluster(command);
};

function newApp(parent: Command): void {
  start(parent, "app", "An app of one HTTP component, placed on the local cluster.").action(
    async (name: string, options: Options) => {
      refuseEnvironment(name);
      const fleet = await prepare(name, [appFolder(name)]);
      const source = read(firstClusterPath);
      await finish(
        callDefinitions(() => appScaffold(name, fleet, readInputs(), source)),
        options,
      );
    },
  );
}

function newAddon(parent: Command): void {
  start(parent, "addon", "An add-on, of plain objects or of a chart, on the clusters that are not on AWS.")
    .option("--chart <chart>", "chart it installs, as https://charts.example.com/thing@1.2.3 or oci://…")
    .action(async (name: string, options: Options & { readonly chart?: string }) => {
      const chart = options.chart === undefined ? undefined : parseChart(options.chart);
      const fleet = await prepare(name, [addonPath(name), ...(chart ? [valuesPath(name)] : [])]);
      callDefinitions(() => refuseTaken(fleet, readInputs(), { slice: name, namespace: name }));
      await finish(addonScaffold(name, read(catalogPath), chart), options);
    });
}

function newCluster(parent: Command): void {
  start(parent, "cluster", "A cluster without placements, on EKS unless told otherwise.")
    .addOption(new Option("--provider <provider>").choices(["eks", "kind"]).default("eks"))
    .addOption(new Option("--reconciler <reconciler>").choices(reconcilers).default("argocd"))
    .option("--account <id>", "AWS account of an EKS cluster", "111122223333")
    .option("--region <region>", "AWS region of an EKS cluster", "us-west-2")
    .action(async (name: string, options: ClusterCommandOptions) => {
      const { provider, reconciler } = options;
      const account = accountId(options.account);
      const region = regionName(options.region);
      const fleet = await prepare(name, [clusterPath(name), factsPath(name)]);
      const source = read(fleetPath);
      const chosen =
        provider === "eks" ? { provider, reconciler, account, region } : { provider, reconciler };
      await finish(
        callDefinitions(() => clusterScaffold(name, fleet, source, chosen)),
        options,
      );
    });
}

function start(parent: Command, kind: string, description: string): Command {
  return parent
    .command(kind)
    .description(description)
    .argument("<name>", "lower-case letters, digits and hyphens")
    .option("--dry-run", "print what would be written, and write nothing")
    .addHelpText(
      "after",
      `\nExample:\n  npm run slipway -- new ${kind} ${kind === "cluster" ? "tools" : "status-page"} --dry-run`,
    );
}

/** Loads the fleet for a name that is legal and free. */
async function prepare(name: string, paths: readonly string[]): Promise<Fleet> {
  checkName(name);
  refuseUnfinished();
  const there = paths.find((path) => existsSync(join(root, path)));
  if (there !== undefined) throw refusal(`${there} is there already`, "choose another name", there);
  return loadFleet();
}

async function finish(scaffold: Scaffold, { dryRun }: Options): Promise<void> {
  const { files, edits, next } = await formatted(scaffold);
  if (dryRun) {
    for (const { path, content } of [...files, ...edits]) console.log(`--- ${path}\n${content}`);
    return;
  }
  await writeOrSayWhy({ files, edits, next });
  for (const { path } of files) console.log(`added    ${path}`);
  for (const { path } of edits) console.log(`changed  ${path}`);
  console.log(["", "Next:", ...next.map((step) => `  ${step}`), "  npm run synth"].join("\n"));
}

/** Writes the scaffold, unless the fleet fails with it; one that failed before is told apart from one that it breaks. */
async function writeOrSayWhy(scaffold: Scaffold): Promise<void> {
  let complaint: string | undefined;
  try {
    await write(scaffold, () => {
      complaint = complaintOfFleet();
      if (complaint === undefined) return;
      throw refusal(
        `nothing was written, because the fleet would not load with it:\n${complaint}`,
        "correct what is said there; if it is about what the command wrote, write the definition by hand",
      );
    });
  } catch (error) {
    const before = complaint === undefined ? undefined : complaintOfFleet();
    if (before === undefined) throw error;
    throw refusal(
      `nothing was written, because the fleet is broken already:\n${before}`,
      "correct what is said there, then run the command again",
    );
  }
}

/** Why the fleet on disk does not load or resolve. In a process of its own: this one has the old definitions loaded. */
function complaintOfFleet(): string | undefined {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/cli.ts"), "list"], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : stderr.trim();
}

function read(path: string): string {
  const file = join(root, path);
  if (existsSync(file)) return readFileSync(file, "utf8");
  throw refusal(`${path} is missing, so nothing can be added to it`, `create ${path}`, path);
}
