import type { ContainerSecurityValues, PodSecurityValues, ResourceValues, SpreadValues } from "./pod.ts";

/** Keys that we set of chart cluster-autoscaler 9.59.0. The chart has no schema: it takes a misspelt key silently. */
export interface ClusterAutoscalerValues {
  readonly fullnameOverride: string;
  readonly cloudProvider: "aws";
  readonly awsRegion: string;
  /** Without it the chart renders no Deployment, and says nothing. */
  readonly autoDiscovery: { readonly clusterName: string };
  readonly image: { readonly tag: `v${number}.${number}.${number}` };
  readonly replicaCount: number;
  readonly podDisruptionBudget: { readonly maxUnavailable: number };
  readonly resources: ResourceValues;
  readonly securityContext: PodSecurityValues;
  readonly containerSecurityContext: ContainerSecurityValues;
  readonly topologySpreadConstraints: readonly SpreadValues[];
  readonly rbac: {
    readonly serviceAccount: {
      readonly name: string;
      readonly annotations: Readonly<Record<string, string>>;
    };
  };
  /** Flags of the binary, without the dashes. */
  readonly extraArgs: {
    readonly "balance-similar-node-groups": boolean;
    readonly expander: "least-waste" | "priority" | "random";
    readonly "skip-nodes-with-local-storage": boolean;
    readonly "skip-nodes-with-system-pods": boolean;
    /** A Go duration. */
    readonly "scale-down-unneeded-time": string;
  };
  readonly serviceMonitor: {
    readonly enabled: boolean;
    /** The chart's default is a namespace of another add-on. */
    readonly namespace: string;
  };
}
