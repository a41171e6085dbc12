import type { ContainerSecurityValues, ResourceValues, SpreadValues } from "./pod.ts";

/** Keys that we set of chart kro 0.9.4. The chart has no schema: it takes a misspelt key silently. */
export interface KroValues {
  readonly rbac: {
    /** `unrestricted` is cluster-admin; `aggregation` is what kro needs itself, and what ClusterRoles with its label add. */
    readonly mode: "aggregation";
  };
  readonly deployment: {
    readonly replicaCount: number;
    readonly resources: ResourceValues;
    readonly securityContext: ContainerSecurityValues & { readonly runAsUser: number };
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly priorityClassName: string;
  };
  readonly config: {
    readonly dynamicControllerConcurrentReconciles: number;
    readonly dynamicControllerRateLimiterRateLimit: number;
    readonly logEncoder: "json" | "console";
  };
  readonly metrics: {
    readonly service: { readonly create: boolean };
    readonly serviceMonitor: { readonly enabled: boolean };
  };
}
