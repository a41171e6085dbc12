import { existsSync } from "node:fs";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { ClusterProvider, ClusterState, StartOptions } from "../cluster/provider.ts";
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
import { forgetCluster, ingressPortsIn, kubeconfigIn, writeConfiguration } from "./state.ts";

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
      const kind = await findKind(options.environment);
      return stateOf(kind, folder, name);
    },
    stop: async ({ folder, name }) => {
      const kind = await findKind(options.environment);
      const ran = await isThere(kind, name);
      if (ran) await kind.delete(kindName(name), kubeconfigIn(folder));
      forgetCluster(folder);
      return ran;
    },
  };
}

/** Never one of the user's own clusters, whatever they are called. */
export function kindName(name: string): string {
  return `slipway-${name}`;
}

async function start(wanted: StartOptions, options: KindOptions): Promise<ClusterState> {
  const { folder, name, cluster, reconciler, say } = wanted;
  const kind = await findKind(options.environment);
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

/** A load balancer of AWS does not come to this machine. */
function bringsIngress(cluster: Cluster): boolean {
  return cluster.provider !== "eks" && cluster.capabilities.ingress?.controller === "traefik";
}

async function tellOfIngress(ports: IngressPorts, say: StartOptions["say"]): Promise<void> {
  say("waiting for the ingress controller");
  if (await waitForIngress(ports, longestIngress)) return;
  say("the ingress controller does not answer yet: see what its Application or Kustomization says");
}

/** Its ports, where the cluster is there and complete. */
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
  if (await isThere(kind, name)) {
    say("removing what a start that was cut off has left");
    await kind.delete(kindName(name), kubeconfigIn(folder));
  }
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
