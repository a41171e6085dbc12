import type { ResourceValues, SpreadValues } from "./pod.ts";

interface ReadinessValues {
  readonly httpGet: { readonly path: string; readonly port: string };
  /** Seconds. */
  readonly periodSeconds: number;
}

/** Keys that we set of chart aws-efs-csi-driver 4.4.1. The chart has no schema: it takes a misspelt key silently. */
export interface AwsEfsCsiDriverValues {
  readonly controller: {
    readonly replicaCount: number;
    readonly resources: ResourceValues;
    readonly readinessProbe: ReadinessValues;
    readonly regionalStsEndpoints: boolean;
    readonly deleteAccessPointRootDir: boolean;
    readonly tags: Readonly<Record<string, string>>;
    readonly serviceAccount: { readonly annotations: Readonly<Record<string, string>> };
    /** Its bound is the chart's minAvailable of 1: maxUnavailable would be rendered beside it. */
    readonly podDisruptionBudget: { readonly enabled: boolean };
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly enableMetrics: boolean;
    readonly serviceMonitor: { readonly enabled: boolean };
  };
  readonly node: {
    readonly resources: ResourceValues;
    readonly readinessProbe: ReadinessValues;
    /** Both are on by default, and report to CloudWatch about S3 file systems, which we do not mount. */
    readonly s3filesCloudWatchLogEnabled: boolean;
    readonly s3filesCloudWatchMetricsEnabled: boolean;
  };
  /** Of the node's; the controller's sidecars take these too. */
  readonly sidecars: {
    readonly livenessProbe: { readonly resources: ResourceValues };
    readonly nodeDriverRegistrar: { readonly resources: ResourceValues };
  };
  readonly useHelmHooksForCSIDriver: boolean;
}
