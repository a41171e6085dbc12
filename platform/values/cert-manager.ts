import type { ResourceValues, SpreadValues } from "./pod.ts";

interface ComponentValues {
  readonly replicaCount: number;
  readonly resources: ResourceValues;
  /** Rendered with minAvailable 1 unless told otherwise, which stops a drain at one replica. */
  readonly podDisruptionBudget: { readonly enabled: true; readonly maxUnavailable: number };
  readonly topologySpreadConstraints: readonly SpreadValues[];
  readonly networkPolicy: { readonly enabled: boolean };
}

/**
 * Keys that we set of chart cert-manager v1.21.1, whose schema refuses every other. Its containers are non-root
 * and read-only by default.
 */
export interface CertManagerValues extends ComponentValues {
  readonly crds: { readonly enabled: boolean; readonly keep: boolean };
  readonly global: {
    readonly priorityClassName: string;
    readonly leaderElection: { readonly namespace: string };
  };
  readonly webhook: ComponentValues;
  readonly cainjector: ComponentValues;
  readonly startupapicheck: { readonly enabled: boolean };
  readonly prometheus: {
    readonly enabled: boolean;
    readonly servicemonitor: { readonly enabled: boolean };
  };
}
