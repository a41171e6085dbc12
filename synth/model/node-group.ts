import type { Zone } from "./names.ts";

/** vCPU, memory in GiB, GPUs if any, and most pods per node with the VPC CNI's default addressing (eni-max-pods). */
export const instanceTypes = {
  "t3.medium": { cpu: 2, memoryGiB: 4, maxPods: 17 },
  "t3.large": { cpu: 2, memoryGiB: 8, maxPods: 35 },
  "t3.xlarge": { cpu: 4, memoryGiB: 16, maxPods: 58 },
  "m6i.large": { cpu: 2, memoryGiB: 8, maxPods: 29 },
  "m6i.xlarge": { cpu: 4, memoryGiB: 16, maxPods: 58 },
  "m7i.large": { cpu: 2, memoryGiB: 8, maxPods: 29 },
  "m7i.xlarge": { cpu: 4, memoryGiB: 16, maxPods: 58 },
  "m7i.2xlarge": { cpu: 8, memoryGiB: 32, maxPods: 58 },
  "c5.large": { cpu: 2, memoryGiB: 4, maxPods: 29 },
  "c5.xlarge": { cpu: 4, memoryGiB: 8, maxPods: 58 },
  "c5.2xlarge": { cpu: 8, memoryGiB: 16, maxPods: 58 },
  "c5.4xlarge": { cpu: 16, memoryGiB: 32, maxPods: 234 },
  "g5.xlarge": { cpu: 4, memoryGiB: 16, maxPods: 58, gpus: 1 },
  /** A kind node on a developer's machine. */
  local: { cpu: 8, memoryGiB: 16, maxPods: 110 },
} as const satisfies Record<string, { cpu: number; memoryGiB: number; maxPods: number; gpus?: number }>;

export type InstanceType = keyof typeof instanceTypes;

/** Whether instances of the type have GPUs, and so need an image with their drivers. */
export function hasGpu(type: InstanceType): boolean {
  return "gpus" in instanceTypes[type];
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface NodeGroup {
  /** Also the value of the nodes' `slipway.dev/node-group` label, by which workloads choose them. */
  readonly name: string;
  /** Alike enough that capacity is reckoned with the smallest. */
  readonly instanceTypes: readonly [InstanceType, ...InstanceType[]];
  readonly min: number;
  /** The bound that stops a runaway scale-up; "no limit" is written as a number that somebody chose. */
  readonly max: number;
  readonly capacity: "on-demand" | "spot";
  /** Zones to run in. Default: both zones of the VPC. */
  readonly zones?: readonly Zone[];
  /** Root volume of each node, which holds images, logs and scratch volumes. Default: 80. */
  readonly diskGiB?: number;
  readonly taints?: readonly Taint[];
}
