import { dump } from "js-yaml";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { NodeGroup } from "../../synth/model/node-group.ts";
import { nodeGroupLabel } from "../../synth/kubernetes/labels.ts";
import type { KindConfiguration, KindNode, PortMapping } from "./configuration.ts";
import { nodeImages } from "./node-image.ts";
import { certsFolder, readsHostsFiles } from "./registry-mirror.ts";

export interface ConfigureOptions {
  /** What kind calls the cluster. */
  readonly name: string;
  /** Ports of this machine that lead to the ingress controller's 80 and 443. */
  readonly ports: IngressPorts;
  /** How many nodes each group has. Default: `min`. */
  readonly nodes?: "min" | "max";
  /** Folder of hosts files for containerd, where images come from a mirror. Default: from their own registries. */
  readonly registryHosts?: string;
}

export interface IngressPorts {
  readonly http: number;
  readonly https: number;
}

/**
 * The cluster as kind makes it: a control-plane node with the machine's ports, and a worker for each node of the node
 * groups. A single node without taints is one with the control plane, as it would be on a laptop.
 */
export function configure(cluster: Cluster, options: ConfigureOptions): KindConfiguration {
  const { name, registryHosts } = options;
  const count = options.nodes ?? "min";
  const groups = cluster.nodeGroups.flatMap((group) =>
    Array.from({ length: group[count] }, (_, index) => ({ group, index })),
  );
  const [only] = groups;
  const together = groups.length === 1 && only !== undefined && (only.group.taints ?? []).length === 0;
  const labelsOf = ({ group, index }: { group: NodeGroup; index: number }) =>
    nodeLabels(cluster, group, index);
  const nodes: readonly KindNode[] = [
    { ...controlPlane(cluster, options), ...(together && { labels: labelsOf(only) }) },
    ...(together ? [] : groups).map((node) => worker(cluster, node.group, labelsOf(node))),
  ];
  return {
    kind: "Cluster",
    apiVersion: "kind.x-k8s.io/v1alpha4",
    name,
    networking: { apiServerAddress: "127.0.0.1" },
    ...(registryHosts !== undefined && { containerdConfigPatches: [readsHostsFiles] }),
    nodes: registryHosts === undefined ? nodes : nodes.map((node) => withHosts(node, registryHosts)),
  };
}

export function configurationText(configuration: KindConfiguration): string {
  return dump(configuration, { lineWidth: -1 });
}

function controlPlane({ kubernetes }: Cluster, { ports }: ConfigureOptions): KindNode {
  return {
    role: "control-plane",
    image: nodeImages[kubernetes],
    extraPortMappings: [onLoopback(80, ports.http), onLoopback(443, ports.https)],
  };
}

function onLoopback(containerPort: number, hostPort: number): PortMapping {
  return { containerPort, hostPort, listenAddress: "127.0.0.1", protocol: "TCP" };
}

function worker(
  { kubernetes }: Cluster,
  { taints = [] }: NodeGroup,
  labels: Readonly<Record<string, string>>,
): KindNode {
  return {
    role: "worker",
    image: nodeImages[kubernetes],
    labels,
    // kind has no field for taints; kubeadm, which it drives, has.
    ...(taints.length > 0 && {
      kubeadmConfigPatches: [dump({ kind: "JoinConfiguration", nodeRegistration: { taints } })],
    }),
  };
}

/** The labels that a node of the group has on EKS, and that workloads choose by. */
function nodeLabels(cluster: Cluster, group: NodeGroup, index: number): Readonly<Record<string, string>> {
  const zones = group.zones ?? defaultZones(cluster);
  return {
    [nodeGroupLabel]: group.name,
    "node.kubernetes.io/instance-type": group.instanceTypes[0],
    "topology.kubernetes.io/region": regionOf(cluster),
    "topology.kubernetes.io/zone": zones[index % zones.length] ?? regionOf(cluster),
  };
}

function regionOf(cluster: Cluster): string {
  return cluster.provider === "eks" ? cluster.region : "local";
}

/** The two of its VPC. */
function defaultZones(cluster: Cluster): readonly string[] {
  const separator = cluster.provider === "eks" ? "" : "-";
  return ["a", "b"].map((letter) => `${regionOf(cluster)}${separator}${letter}`);
}

function withHosts(node: KindNode, hostPath: string): KindNode {
  return { ...node, extraMounts: [{ hostPath, containerPath: certsFolder, readOnly: true }] };
}
