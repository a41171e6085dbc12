import { mkdirSync } from "node:fs";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { withClusterLock } from "../cluster/lock.ts";
import type { ClusterProvider, ClusterState } from "../cluster/provider.ts";
import { providerOf, refuseOther } from "../cluster/started.ts";
import { clusterFolder, readReady } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { startPage } from "../dashboard/serve.ts";
import { inventory } from "../inventory/inventory.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { whileLocked } from "../lock/while-locked.ts";
import { clusterMocks } from "../mock-workload/cluster-mocks.ts";
import { Started } from "../process/started.ts";
import { root } from "../root.ts";
import { readTree } from "../tree/tree.ts";
import { distPath, gatherInputs } from "../workspace.ts";
import { addressLines } from "./address-lines.ts";
import { chooseProvider } from "./choose-provider.ts";
import { embeddedEdge, kindEdge } from "./edge.ts";
import type { Edge, EdgeOptions } from "./edge.ts";
import { followDefinitions, waitingLines } from "./follow-definitions.ts";
import { localImages } from "./images.ts";
import { makeImages } from "./kind-images.ts";
import { renderAnew } from "./render.ts";
import { sessionLock } from "./session.ts";
import { SettleWatch } from "./settled.ts";
import type { Published } from "./settled.ts";
import { definitionFolders } from "./watch-definitions.ts";

export interface UpOptions {
  readonly fleet: Fleet;
  readonly cluster: Cluster;
  readonly provider?: ProviderName;
  /** Port of the ingress. Default: 8080, or the next that is free. */
  readonly port?: number;
  /** What `--image` says, each as `<image>=<built>`. */
  readonly image?: readonly string[];
  readonly say: (line: string) => void;
  /** Asked once the cluster runs: ends the watch, and the cluster stays. Before that, an interruption ends all of it. */
  readonly interruption: () => AbortSignal;
}

/** Milliseconds for a cluster to become what dist says, from nothing, before it is told what it waits for. */
const patience = 300_000;
/** Milliseconds between signs of life meanwhile. */
const signOfLife = 10_000;

/**
 * Takes this machine to a running cluster, and lets it follow the definitions until it is told to end.
 *
 * @throws ProblemsError if another `up` watches it, if the definitions are wrong, or if it does not come up
 */
export async function up(options: UpOptions): Promise<void> {
  const { cluster, say } = options;
  const folder = clusterFolder(root, cluster.name);
  await whileLocked(sessionLock(folder, cluster.name), async () => {
    const { name, why } = await chooseProvider(cluster, folder, options.provider);
    if (why !== undefined) say(why);
    const images = await imagesFor(options, name);
    await renderAnew(cluster.name);
    const started = new Started();
    try {
      await watch(await bringUp(options, { name, folder, images }), options, started);
    } finally {
      await started.stop();
    }
  });
}

/** Images that nodes are to be given: none where nodes are simulated. */
async function imagesFor(
  { fleet, cluster, image = [], say }: UpOptions,
  provider: ProviderName,
): Promise<readonly string[]> {
  if (provider === "embedded" && image.length > 0) throw runsNoImages();
  const real = localImages(
    image,
    inventory(fleet, [cluster], await gatherInputs(fleet, [cluster])).placements,
  );
  if (provider === "embedded") return [];
  return makeImages({ mocks: await clusterMocks(fleet, cluster), real, say });
}

function runsNoImages(): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway up" },
      what: "the embedded provider's simulated nodes run no images: mocks of apps run as processes",
      fix: "start Docker or Podman and give --provider kind, or leave --image out",
    },
  ]);
}

interface Chosen {
  readonly name: ProviderName;
  readonly folder: string;
  readonly images: readonly string[];
}

interface Running {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly provider: ClusterProvider["name"];
  readonly details: readonly string[];
  readonly publish: () => Promise<Published>;
}

async function bringUp({ cluster, say }: UpOptions, { name, folder, images }: Chosen): Promise<Running> {
  const provider = await providerOf(name);
  const { reconciler } = cluster;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const start = (tell: (line: string) => void): Promise<ClusterState> =>
    withClusterLock(folder, cluster.name, () => {
      refuseOther(folder, cluster.name, { provider: name, cluster: cluster.name, reconciler });
      return provider.start({ folder, name: cluster.name, cluster, reconciler, nodes: "min", say: tell });
    });
  const { kubeconfig, details } = await start(say);
  await provider.loadImages({ name: cluster.name, images });
  if (kubeconfig === undefined) throw new Error(`${cluster.name} is up without a kubeconfig`);
  return {
    folder,
    kubeconfig,
    provider: name,
    details,
    publish: async () => {
      await start(() => undefined);
      return published(cluster.name, folder);
    },
  };
}

const edges: Readonly<Record<ProviderName, (options: EdgeOptions) => Promise<Edge>>> = {
  embedded: embeddedEdge,
  kind: (options) => Promise.resolve(kindEdge(options)),
};

async function watch(running: Running, options: UpOptions, started: Started): Promise<void> {
  const { cluster, port, say } = options;
  const signal = options.interruption();
  const { folder, kubeconfig, publish } = running;
  const { name } = cluster;
  const client = started.add(await connectKubernetes(kubeconfig), (each) => each.close());
  const ending = started.add(new AbortController(), (each) => each.abort());
  const settled = new SettleWatch(client, name, cluster.reconciler, ending.signal);
  const page = started.add(await startPage({ name, kubeconfig }, 0), (each) => each.close());
  const edge = started.add(
    await edges[running.provider]({ client, folder, ...(port !== undefined && { port }), say }),
    (each) => each.stop(),
  );
  const first = published(name, folder);
  await firstSettled(settled, first, { say, signal });
  if (signal.aborted) return;
  const addresses = [
    ...(await edge.addresses()),
    { url: page.url, what: "sync, health and errors of each part, as they change" },
  ];
  for (const line of [`${name} is up`, ...addressLines(addresses), `  export KUBECONFIG=${kubeconfig}`])
    say(line);
  say(
    `watching ${definitionFolders.join(", ")}; Ctrl-C ends that, and npm run slipway -- down ${name} the cluster`,
  );
  await followDefinitions({ cluster: name, publish, dist: () => distOf(name), settled, say, signal }, first);
}

async function firstSettled(
  settled: SettleWatch,
  first: Published,
  { say, signal }: { readonly say: UpOptions["say"]; readonly signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!signal.aborted) {
    const state = await settled.until(first, signOfLife, signal);
    if (signal.aborted || state.waiting.length === 0) return;
    if (Date.now() > deadline) return waitingLines(state).forEach(say);
    say(`${state.waiting.length} parts are not synced and healthy yet`);
  }
}

function published(name: string, folder: string): Published {
  return { files: distOf(name), commit: readReady(folder)?.commit ?? "" };
}

function distOf(name: string): ReadonlyMap<string, string> {
  return new Map([...readTree(distPath)].filter(([path]) => path.startsWith(`${name}/`)));
}
