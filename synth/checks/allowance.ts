import type { Demand } from "./requests.ts";

/**
 * Pods of charts are not rendered here, so their share is set aside instead of reckoned. Figures are cores and
 * bytes, rounded up from what the charts of the catalog request by default.
 */
export const allowance: {
  /** On every node: network and volume drivers, kube-proxy, and the agents for logs and metrics. */
  readonly perNode: Demand & { readonly pods: number };
  /** For every chart: its controllers, of which most run two. */
  readonly perChart: Demand & { readonly pods: number };
} = {
  perNode: { cpu: 0.3, memory: 450 * 2 ** 20, pods: 6 },
  perChart: { cpu: 0.1, memory: 192 * 2 ** 20, pods: 2 },
};
