import { existsSync, mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { isDnsLabel, dnsLabelRule } from "../../synth/model/dns-label.ts";
import { didYouMean } from "../../synth/model/did-you-mean.ts";
import { reconcilers } from "../../synth/model/names.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { chooseClusters } from "../choose-clusters.ts";
import { withClusterLock } from "../cluster/lock.ts";
import type { ClusterProvider, ClusterState } from "../cluster/provider.ts";
import { clusterFolder, providerNames, readRequest, startedClusters } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { exitCodes } from "../exit-codes.ts";
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
      const folder = await folderToEnd(name);
      const ran = await withClusterLock(folder, name, async () => {
        const provider = await providerOf(readProvider(folder));
        return provider.stop({ folder, name });
      });
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
    refuseOther(folder, name, providerName);
    return provider.start({ folder, name, cluster, reconciler, nodes, say: (line) => console.error(line) });
  });
}

/** A cluster of the same name by the other provider would be lost sight of. */
function refuseOther(folder: string, name: string, wanted: ProviderName): void {
  const existing = readRequest(folder)?.provider ?? wanted;
  if (existing === wanted) return;
  throw usage(
    `${name} is up already, by the provider ${existing}`,
    `take it down first (npm run slipway -- cluster down ${name}), or give this one another --name`,
  );
}

async function statusOf(name: string): Promise<ClusterState & { readonly provider: ProviderName }> {
  const folder = knownFolder(name);
  const provider = readProvider(folder);
  return { provider, ...(await (await providerOf(provider)).status({ folder, name })) };
}

function startedProvider(name: string): ProviderName {
  const request = readRequest(knownFolder(name));
  if (request === undefined)
    throw usage(`${name} is not up`, "start it first: npm run slipway -- cluster up");
  return request.provider;
}

/** What cannot be read is ended as what it most likely is. */
function readProvider(folder: string): ProviderName {
  try {
    return readRequest(folder)?.provider ?? "embedded";
  } catch (error) {
    if (error instanceof ProblemsError) return "embedded";
    throw error;
  }
}

async function providerOf(name: ProviderName, registryMirror?: string): Promise<ClusterProvider> {
  if (registryMirror !== undefined && (name !== "kind" || !/^https?:\/\//.test(registryMirror))) {
    throw usage(
      `the provider ${name} has no use for the registry mirror ${registryMirror}`,
      "give --registry-mirror with --provider kind, and as a URL: https://mirror.example.com",
    );
  }
  const providers: Readonly<Record<ProviderName, () => Promise<ClusterProvider>>> = {
    embedded: async () => (await import("../cluster/embedded.ts")).embeddedProvider,
    kind: async () => {
      const { kindProvider } = await import("../kind/provider.ts");
      return kindProvider(registryMirror === undefined ? {} : { registryMirror });
    },
  };
  return providers[name]();
}

/** Of a cluster that was started, or could have been: ending it twice is no mistake, a misspelt name is. */
async function folderToEnd(name: string): Promise<string> {
  const { clusters } = await loadFleet();
  return clusters.some((cluster) => cluster.name === name) ? clusterFolder(root, name) : knownFolder(name);
}

function knownFolder(name: string): string {
  const folder = clusterFolder(root, name);
  if (isDnsLabel(name) && existsSync(folder)) return folder;
  const known = startedClusters(root);
  throw usage(
    `no cluster ${name} was started on this machine`,
    known.length === 0
      ? "npm run slipway -- cluster up starts one"
      : didYouMean(name, known, `name one of: ${known.join(", ")}`),
  );
}

function usage(what: string, fix: string): ProblemsError {
  return new ProblemsError([{ rule: "usage", at: { definition: "slipway cluster" }, what, fix }]);
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
