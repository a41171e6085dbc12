import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { isDnsLabel, dnsLabelRule } from "../../synth/model/dns-label.ts";
import { reconcilers } from "../../synth/model/names.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { chooseClusters } from "../choose-clusters.ts";
import { withClusterLock } from "../cluster/lock.ts";
import type { ClusterState } from "../cluster/provider.ts";
import {
  knownFolder,
  providerOf,
  readProvider,
  refuseOther,
  startedProvider,
  usage,
} from "../cluster/started.ts";
import { clusterFolder, providerNames, startedClusters } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { exitCodes } from "../exit-codes.ts";
import { takeDown } from "../local/take-down.ts";
import { loadFleet, root } from "../workspace.ts";
import { defineLoad } from "./cluster-load.ts";
import type { DefineCommand } from "./command.ts";

interface UpOptions {
  readonly provider: ProviderName;
  readonly reconciler?: Reconciler;
  readonly name?: string;
  readonly nodes: "min" | "max";
  readonly registryMirror?: string;
  readonly json?: true;
}

/** `slipway cluster up|down|status`: clusters on this machine. */
export const clusterCommand: DefineCommand = (program, finish) => {
  const cluster = program
    .command("cluster")
    .description("Run a cluster of the fleet on this machine, without AWS.");
  defineUp(cluster);
  defineDown(cluster);
  defineLoad(cluster, (name) => providerOf(startedProvider(name)));
  defineStatus(cluster, (running) => finish(running ? exitCodes.clean : exitCodes.failed));
};

function defineUp(cluster: Command): void {
  cluster
    .command("up")
    .description(
      "Start a cluster, with its nodes, its reconciler and its part of dist; or publish dist to it again.",
    )
    .argument("[cluster]", "the definition it is shaped like", "local")
    .addOption(
      new Option("--provider <name>", "embedded: simulated nodes, no containers; kind: real nodes")
        .choices(providerNames)
        .default("embedded"),
    )
    .addOption(new Option("--reconciler <name>", "another than its definition names").choices(reconcilers))
    .option("--name <name>", "what it is called here, if several are like one definition")
    .addOption(new Option("--nodes <count>", "nodes of each group").choices(["min", "max"]).default("min"))
    .option(
      "--registry-mirror <url>",
      "kind only: where nodes pull images first, such as a cache of your own",
    )
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
The embedded provider needs Go for its first run, which builds what it runs, and redis-server for Argo CD. It stands in
for what only AWS and the internet have; docs/live.md tells for what. The kind provider needs Docker or Podman.

Examples:
  npm run slipway -- cluster up local --provider embedded
  npm run slipway -- cluster up local --provider kind
  npm run slipway -- cluster up conversation-dev --name mine --nodes max`,
    )
    .action(async (definition: string, options: UpOptions) => {
      const { name = definition } = options;
      const state = await up(definition, name, options);
      print(options.json, { name, ...state }, stateLines(name, state));
    });
}

function defineDown(cluster: Command): void {
  cluster
    .command("down")
    .description("End a cluster of this machine: what its start began, and nothing else.")
    .argument("[name]", "as it is called here", "local")
    .addHelpText(
      "after",
      "\nExamples:\n  npm run slipway -- cluster down\n  npm run slipway -- cluster down mine",
    )
    .action(async (name: string) => {
      const ran = await takeDown(name);
      console.log(ran ? `${name} is down` : `${name} did not run`);
    });
}

function defineStatus(cluster: Command, finish: (running: boolean) => void): void {
  cluster
    .command("status")
    .description("Tell which clusters run on this machine, and how to reach them.")
    .argument("[name]", "as it is called here; default: all")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nExits with 1 if one does not run.\n\nExamples:\n  npm run slipway -- cluster status",
    )
    .action(async (name: string | undefined, options: { readonly json?: true }) => {
      const names = name === undefined ? startedClusters(root) : [name];
      const states = await Promise.all(
        names.map(async (each) => ({ name: each, ...(await statusOf(each)) })),
      );
      const lines = states.flatMap((state) => stateLines(state.name, state));
      print(
        options.json,
        { clusters: states },
        lines.length > 0 ? lines : ["no cluster runs on this machine"],
      );
      finish(states.every(({ running }) => running));
    });
}

async function up(definition: string, name: string, options: UpOptions): Promise<ClusterState> {
  if (!isDnsLabel(name)) throw usage(`${name} cannot be a cluster's name`, `use ${dnsLabelRule}`);
  const fleet = await loadFleet();
  const [cluster] = chooseClusters(fleet, [definition]);
  if (cluster === undefined) throw new Error(`no cluster ${definition}`);
  const { provider: providerName, reconciler = cluster.reconciler, nodes } = options;
  const folder = clusterFolder(root, name);
  const provider = await providerOf(providerName, options.registryMirror);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return withClusterLock(folder, name, async () => {
    refuseOther(folder, name, { provider: providerName, cluster: definition, reconciler });
    return provider.start({ folder, name, cluster, reconciler, nodes, say: (line) => console.error(line) });
  });
}

async function statusOf(name: string): Promise<ClusterState & { readonly provider: ProviderName }> {
  const folder = knownFolder(name);
  const provider = readProvider(folder);
  return { provider, ...(await (await providerOf(provider)).status({ folder, name })) };
}

function print(json: true | undefined, data: unknown, lines: readonly string[]): void {
  console.log(json ? JSON.stringify(data) : lines.join("\n"));
}

function stateLines(name: string, { running, kubeconfig, details }: ClusterState): readonly string[] {
  return [
    running ? `${name} is up` : `${name} is not up`,
    ...(kubeconfig === undefined ? [] : [`  export KUBECONFIG=${join(root, relative(root, kubeconfig))}`]),
    ...details.map((line) => `  ${line}`),
  ];
}
