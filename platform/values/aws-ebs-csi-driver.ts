import type { SpreadValues } from "./pod.ts";

interface MonitorValues {
  readonly enableMetrics: boolean;
  /** Force: without the cluster's API versions at hand the chart would leave the monitors out. */
  readonly serviceMonitor: { readonly forceEnable: boolean };
}

/** Keys that we set of chart aws-ebs-csi-driver 2.64.0, whose own schema refuses unknown keys. */
export interface AwsEbsCsiDriverValues {
  readonly controller: MonitorValues & {
    readonly replicaCount: number;
    readonly region: string;
    readonly k8sTagClusterId: string;
    readonly serviceAccount: { readonly annotations: Readonly<Record<string, string>> };
    readonly podDisruptionBudget: { readonly maxUnavailable: number };
    readonly topologySpreadConstraints: readonly SpreadValues[];
  };
  readonly node: MonitorValues & {
    readonly enableWindows: boolean;
    readonly tolerateAllTaints: boolean;
  };
  readonly sidecars: { readonly snapshotter: { readonly forceEnable: boolean } };
  readonly helmTester: { readonly enabled: boolean };
}
