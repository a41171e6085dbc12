import type { ContainerSecurityValues, PodSecurityValues, ResourceValues, SpreadValues } from "./pod.ts";

/** Keys that we set of chart snapshot-controller 5.2.0. The chart has no schema: it takes a misspelt key silently. */
export interface SnapshotControllerValues {
  readonly installCRDs: boolean;
  readonly controller: {
    readonly replicaCount: number;
    readonly pdb: { readonly maxUnavailable: number };
    readonly resources: ResourceValues;
    readonly priorityClassName: "system-cluster-critical";
    readonly podSecurityContext: PodSecurityValues;
    readonly securityContext: ContainerSecurityValues;
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly serviceMonitor: { readonly create: boolean };
  };
  readonly webhook: { readonly enabled: boolean };
}
