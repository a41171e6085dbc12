import type { ResourceValues, SpreadValues } from "./pod.ts";

/**
 * Keys that we set of chart metrics-server 3.13.1. The chart has no schema: it takes a misspelt key silently.
 * Its container is non-root and read-only by default, and its priority is system-cluster-critical.
 */
export interface MetricsServerValues {
  readonly replicas: number;
  readonly resources: ResourceValues;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly maxUnavailable: number };
  readonly topologySpreadConstraints: readonly SpreadValues[];
  /** Added to the chart's own arguments. */
  readonly args: readonly `--${string}`[];
  readonly metrics: { readonly enabled: boolean };
  readonly serviceMonitor: { readonly enabled: boolean };
}
