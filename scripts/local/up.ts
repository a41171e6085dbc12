import { ProblemsError } from "../../synth/model/problem.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { clusterFolder } from "../cluster/state.ts";
import type { ProviderName } from "../cluster/state.ts";
import { startPage } from "../dashboard/serve.ts";
import { whileLocked } from "../lock/while-locked.ts";
import { Started } from "../process/started.ts";
import { root } from "../root.ts";
import { addressLines } from "./address-lines.ts";
import { bringUp, distOf, imagesFor, publishedIn } from "./bring-up.ts";
import type { BringUpOptions, Running } from "./bring-up.ts";
import { chooseProvider } from "./choose-provider.ts";
import { embeddedEdge, kindEdge } from "./edge.ts";
import type { Edge, EdgeOptions } from "./edge.ts";
import { followDefinitions, waitingLines } from "./follow-definitions.ts";
import { watchForLoss } from "./lost.ts";
import { renderAnew } from "./render.ts";
import { sessionLock } from "./session.ts";
import { SettleWatch } from "./settled.ts";
import type { Published } from "./settled.ts";
import { definitionFolders } from "./watch-definitions.ts";

export interface UpOptions extends BringUpOptions {
  readonly provider?: ProviderName;
  /** Port of the ingress. Default: 8080, or the next that is free. */
  readonly port?: number;
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
    if (name === "kind" && options.port !== undefined) throw needsNoPort();
    const images = await imagesFor(options, name);
    await renderAnew(cluster.name);
    const started = new Started();
    try {
      await watch(await bringUp(options, { provider: name, folder, images }), options, started);
    } finally {
      await started.stop();
    }
  });
}

function needsNoPort(): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway up" },
      what: "kind has ports of its own: 80 and 443, or free ones where those are taken",
      fix: "leave out --port, or add --provider embedded",
    },
  ]);
}

const edges: Readonly<Record<ProviderName, (options: EdgeOptions) => Promise<Edge>>> = {
  embedded: embeddedEdge,
  kind: (options) => Promise.resolve(kindEdge(options)),
};

async function watch(running: Running, options: UpOptions, started: Started): Promise<void> {
  const { cluster, port, say } = options;
  const { folder, kubeconfig, look, publish } = running;
  const { name } = cluster;
  const loss = started.add(watchForLoss(name, look), (each) => each.stop());
  const signal = AbortSignal.any([options.interruption(), loss.signal]);
  const client = started.add(await connectKubernetes(kubeconfig), (each) => each.close());
  const ending = started.add(new AbortController(), (each) => each.abort());
  const settled = new SettleWatch(client, name, cluster.reconciler, ending.signal);
  const page = started.add(await startPage({ name, kubeconfig }, 0), (each) => each.close());
  const edge = started.add(
    await edges[running.provider]({ client, folder, ...(port !== undefined && { port }), say }),
    (each) => each.stop(),
  );
  const first = publishedIn(folder, name);
  if (first !== undefined) await firstSettled(settled, first, { say, signal });
  loss.refuse();
  if (signal.aborted) return;
  const addresses = [
    ...(await edge.addresses()),
    { url: page.url, what: "sync, health and errors of each part, as they change" },
  ];
  const lines = [...addressLines(addresses), `  export KUBECONFIG=${kubeconfig}`, ...running.details];
  for (const line of [`${name} is up`, ...lines]) say(line);
  say(
    `watching ${definitionFolders.join(", ")}; Ctrl-C ends that, and npm run slipway -- down ${name} the cluster`,
  );
  await followDefinitions({ cluster: name, publish, dist: () => distOf(name), settled, say, signal });
  loss.refuse();
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
