import { existsSync, rmSync } from "node:fs";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { ClusterProvider, ClusterState, StartOptions } from "../cluster/provider.ts";
import { kubeconfigIn, writeRequest } from "../cluster/state.ts";
import { connectKubernetes } from "../kubernetes/connect.ts";
import { argoCdUi } from "./argo-cd-ui.ts";
import { configure } from "./configure.ts";
import type { IngressPorts } from "./configure.ts";
import { ingressAnswers, waitForIngress } from "./ingress.ts";
import { installReconciler } from "./install.ts";
import { findKind } from "./kind.ts";
import type { Kind } from "./kind.ts";
import { chooseIngressPorts } from "./ports.ts";
import { writeRegistryHosts } from "./registry-mirror.ts";
import { forgetCluster, ingressPortsIn, writeConfiguration } from "./state.ts";

export interface KindOptions {
  /** Where nodes pull images first, such as `https://mirror.example.com`. Default: from the images' own registries. */
  readonly registryMirror?: string;
  /** Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Milliseconds that the ingress controller may take to be synced, pulled and started. */
const longestIngress = 5 * 60_000;

/** Clusters on kind: real nodes, as containers of Docker or Podman. */
export function kindProvider(options: KindOptions = {}): ClusterProvider {
  return {
    name: "kind",
    start: (wanted) => start(wanted, options),
    loadImages: async ({ name, images }) => {
      const kind = await findKind(options.environment);
      await kind.load(kindName(name), images);
    },
    status: async ({ folder, name }) => {
      try {
        return await stateOf(await findKind(options.environment), folder, name);
      } catch (error) {
        if (!(error instanceof ProblemsError)) throw error;
        return { running: false, details: error.problems.map(({ what }) => what) };
      }
    },
    stop: ({ folder, name }) => stop(folder, name, options),
  };
}

/** Never one of the user's own clusters, whatever they are called. */
function kindName(name: string): string {
  return `slipway-${name}`;
}

async function start(wanted: StartOptions, options: KindOptions): Promise<ClusterState> {
  const { folder, name, cluster, reconciler, nodes = "min", say } = wanted;
  const kind = await findKind(options.environment);
  const named = reconciler === undefined ? {} : { reconciler };
  writeRequest(folder, { provider: "kind", cluster: cluster.name, nodes, ...named });
  const kubeconfig = kubeconfigIn(folder);
  const ports = (await runs(kind, folder, name)) ?? (await create(kind, wanted, options));
  if (reconciler !== undefined) {
    const client = await connectKubernetes(kubeconfig);
    try {
      await installReconciler({ cluster: cluster.name, reconciler, kubeconfig, client, say });
    } finally {
      client.close();
    }
    if (bringsIngress(cluster)) await tellOfIngress(ports, say);
  }
  return stateOf(kind, folder, name);
}

async function stop(folder: string, name: string, { environment }: KindOptions): Promise<boolean> {
  // Nothing was begun, so that no engine is needed to end it.
  const ran =
    ingressPortsIn(folder) !== undefined && (await remove(await findKind(environment), folder, name));
  rmSync(folder, { recursive: true, force: true });
  return ran;
}

async function remove(kind: Kind, folder: string, name: string): Promise<boolean> {
  if (!(await isThere(kind, name))) return false;
  await kind.delete(kindName(name), kubeconfigIn(folder));
  return true;
}

/** A load balancer of AWS does not come to this machine. */
function bringsIngress(cluster: Cluster): boolean {
  return cluster.provider !== "eks" && cluster.capabilities.ingress?.controller === "traefik";
}

async function tellOfIngress(ports: IngressPorts, say: StartOptions["say"]): Promise<void> {
  say("waiting for the ingress controller");
  if (await waitForIngress(ports, longestIngress)) return;
  say("the ingress controller does not answer yet: see what its Application or Kustomization says");
}

/** Its ports, where the cluster is there and complete: kind writes its kubeconfig last. */
async function runs(kind: Kind, folder: string, name: string): Promise<IngressPorts | undefined> {
  if (!(await isThere(kind, name)) || !existsSync(kubeconfigIn(folder))) return undefined;
  return ingressPortsIn(folder);
}

async function isThere(kind: Kind, name: string): Promise<boolean> {
  return (await kind.clusters()).includes(kindName(name));
}

async function create(
  kind: Kind,
  { folder, name, cluster, nodes = "min", say }: StartOptions,
  { registryMirror }: KindOptions,
): Promise<IngressPorts> {
  if (await remove(kind, folder, name)) say("removed what a start that was cut off had left");
  forgetCluster(folder);
  const ports = await chooseIngressPorts();
  const configuration = configure(cluster, {
    name: kindName(name),
    ports,
    nodes,
    ...(registryMirror !== undefined && { registryHosts: writeRegistryHosts(folder, registryMirror) }),
  });
  const { length } = configuration.nodes;
  say(`making ${length === 1 ? "1 node" : `${length} nodes`} with ${kind.engine}; minutes the first time`);
  await kind.create(writeConfiguration(folder, configuration), kubeconfigIn(folder));
  return ports;
}

async function stateOf(kind: Kind, folder: string, name: string): Promise<ClusterState> {
  const ports = await runs(kind, folder, name);
  if (ports === undefined) return { running: false, details: [] };
  const kubeconfig = kubeconfigIn(folder);
  const client = await connectKubernetes(kubeconfig);
  try {
    const answers = await ingressAnswers(ports);
    return {
      running: true,
      kubeconfig,
      details: [
        `kind's cluster ${kindName(name)}, on ${kind.engine}, API server ${client.address}`,
        answers
          ? `ingress on 127.0.0.1, ports ${ports.http} and ${ports.https}`
          : "ingress: does not answer yet",
        ...(await argoCdUi(client, kubeconfig, ports)),
      ],
    };
  } finally {
    client.close();
  }
}
