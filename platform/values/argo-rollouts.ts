import type { ResourceValues, SpreadValues } from "./pod.ts";

/**
 * Keys that we set of chart argo-rollouts 2.41.0. The chart has no schema: it takes a misspelt key silently.
 * Its container is non-root and read-only by default.
 */
export interface ArgoRolloutsValues {
  readonly controller: {
    readonly replicas: number;
    readonly resources: ResourceValues;
    /** Rendered with minAvailable 0 unless told otherwise, which protects nothing. */
    readonly pdb: { readonly enabled: boolean; readonly maxUnavailable: number };
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly priorityClassName: string;
    readonly logging: { readonly format: "text" | "json" };
    /** Asks AWS whether a target group has the new pods before it shifts weight to them. */
    readonly awsVerifyTargetGroup: boolean;
    readonly metrics: {
      readonly enabled: boolean;
      readonly serviceMonitor: { readonly enabled: boolean };
    };
  };
  readonly serviceAccount: { readonly annotations: Readonly<Record<string, string>> };
  readonly providerRBAC: {
    readonly providers: Readonly<
      Record<
        | "istio"
        | "smi"
        | "ambassador"
        | "awsLoadBalancerController"
        | "awsAppMesh"
        | "traefik"
        | "apisix"
        | "contour"
        | "glooPlatform"
        | "gatewayAPI",
        boolean
      >
    >;
  };
}
