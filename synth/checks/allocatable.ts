import type { Provider } from "../model/cluster-view.ts";
import { instanceTypes } from "../model/node-group.ts";
import type { InstanceType, NodeGroup } from "../model/node-group.ts";

/** What pods can have of one node: cores, bytes and pods. */
export interface NodeRoom {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/**
 * Share of the nominal memory that the kernel and the hypervisor keep, so that the kubelet never sees it:
 * the default of Karpenter's `vmMemoryOverheadPercent`.
 */
const machineOverhead = 0.075;

/** `memory.available` of the kubelet's hard eviction threshold, the default of EKS and of upstream. */
const evictionThreshold = 100 * mebibyte;

/** Managed node groups without a launch template of their own cap pods: 110 below 30 vCPU, 250 from there. */
function podCap(cpu: number): number {
  return cpu < 30 ? 110 : 250;
}

/**
 * Cores that EKS keeps for the kubelet and the container runtime: 6% of the first core, 1% of the second, half a
 * percent of the third and fourth, a quarter of a percent of every further one.
 * Source: awslabs/amazon-eks-ami, nodeadm/internal/kubelet/config.go (AL2023).
 */
function reservedCpu(cpu: number): number {
  const share = (from: number, to: number, percent: number): number =>
    (Math.max(0, Math.min(cpu, to) - from) * percent) / 100;
  return share(0, 1, 6) + share(1, 2, 1) + share(2, 4, 0.5) + share(4, Infinity, 0.25);
}

/** Memory that EKS keeps for them, by the most pods a node can run; same source. */
function reservedMemory(maxPods: number): number {
  return (255 + 11 * maxPods) * mebibyte;
}

/** Room on one EC2 instance, or on a developer's machine, where nothing is reserved. */
export function nodeRoom(provider: Provider, type: InstanceType): NodeRoom {
  const { cpu, memoryGiB, maxPods } = instanceTypes[type];
  const memory = memoryGiB * gibibyte;
  if (provider !== "eks") return { cpu, memory: memory - evictionThreshold, pods: maxPods };
  return {
    cpu: cpu - reservedCpu(cpu),
    memory: memory * (1 - machineOverhead) - reservedMemory(maxPods) - evictionThreshold,
    pods: Math.min(maxPods, podCap(cpu)),
  };
}

/** Room on a node of a group, whichever of its types it gets. */
export function groupRoom(provider: Provider, group: NodeGroup): NodeRoom {
  const rooms = group.instanceTypes.map((type) => nodeRoom(provider, type));
  return {
    cpu: Math.min(...rooms.map(({ cpu }) => cpu)),
    memory: Math.min(...rooms.map(({ memory }) => memory)),
    pods: Math.min(...rooms.map(({ pods }) => pods)),
  };
}
