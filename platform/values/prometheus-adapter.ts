import type { ResourceValues, SpreadValues } from "./pod.ts";

/**
 * Keys that we set of chart prometheus-adapter 5.3.0. The chart has no schema: it takes a misspelt key silently.
 * Its container is non-root and read-only by default.
 */
export interface PrometheusAdapterValues {
  readonly prometheus: { readonly url: `http://${string}`; readonly port: number };
  readonly replicas: number;
  readonly resources: ResourceValues;
  readonly podDisruptionBudget: { readonly enabled: boolean; readonly maxUnavailable: number };
  readonly topologySpreadConstraints: readonly SpreadValues[];
  readonly priorityClassName: string;
  readonly podSecurityContext: {
    readonly fsGroup: number;
    readonly runAsNonRoot: boolean;
    readonly seccompProfile: { readonly type: "RuntimeDefault" };
  };
  /** External and resource rules are not to be had: their APIs belong to KEDA and metrics-server. */
  readonly rules: { readonly default: boolean; readonly custom: readonly AdapterRule[] };
  readonly certManager: { readonly enabled: boolean };
  /** Verbosity; 4 by default, which writes a line for each request. */
  readonly logLevel: number;
}

/** Which series are which metric, in the adapter's own templates; `<<.Series>>` and the like it fills in. */
export interface AdapterRule {
  readonly seriesQuery: string;
  /** Labels of the series by the object they name. */
  readonly resources: { readonly overrides: Readonly<Record<string, { readonly resource: string }>> };
  readonly name: { readonly as: string };
  readonly metricsQuery: string;
}
