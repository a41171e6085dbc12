import type { Demand } from "./requests.ts";

/**
 * Pods of charts are not rendered here, so their share is set aside instead of reckoned: cores, bytes and pods.
 * Figures are what the catalog's values ask for, rounded up; a cluster that runs them all is the measure.
 */
export const allowance: {
  /** On every node: VPC CNI and kube-proxy (150m), volume drivers, and the agents for logs and metrics. */
  readonly perNode: Demand & { readonly pods: number };
  /** For every chart: its controllers, most of them twice, on average over small ones and a Prometheus. */
  readonly perChart: Demand & { readonly pods: number };
} = {
  perNode: { cpu: 0.4, memory: 512 * 2 ** 20, pods: 8 },
  perChart: { cpu: 0.2, memory: 448 * 2 ** 20, pods: 3 },
};
