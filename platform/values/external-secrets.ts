import type { ResourceValues, SpreadValues } from "./pod.ts";

interface DisruptionValues {
  readonly enabled: boolean;
  readonly maxUnavailable: number;
}

/** Keys that we set of chart external-secrets 2.9.0. Its schema refuses wrong types and takes unknown keys. */
export interface ExternalSecretsValues {
  readonly installCRDs: boolean;
  readonly crds: {
    readonly createClusterExternalSecret: boolean;
    readonly createClusterGenerator: boolean;
    readonly createClusterPushSecret: boolean;
    readonly createPushSecret: boolean;
  };
  readonly processClusterExternalSecret: boolean;
  readonly processClusterGenerator: boolean;
  readonly processClusterPushSecret: boolean;
  readonly processPushSecret: boolean;
  readonly rbac: {
    readonly serviceAccountTokenCreate: boolean;
    readonly servicebindings: { readonly create: boolean };
    readonly aggregateToView: boolean;
  };
  readonly replicaCount: number;
  readonly leaderElect: boolean;
  readonly resources: ResourceValues;
  readonly priorityClassName: string;
  readonly podDisruptionBudget: DisruptionValues;
  readonly topologySpreadConstraints: readonly SpreadValues[];
  readonly readinessProbe: { readonly enabled: boolean };
  readonly livenessProbe: { readonly enabled: boolean };
  readonly serviceAccount: { readonly annotations: Readonly<Record<string, string>> };
  readonly serviceMonitor: {
    readonly enabled: boolean;
    /** Without the cluster's API versions at hand the chart would leave the monitors out. */
    readonly renderMode: "alwaysRender";
  };
  readonly webhook: {
    readonly replicaCount: number;
    readonly resources: ResourceValues;
    readonly priorityClassName: string;
    readonly podDisruptionBudget: DisruptionValues;
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly certManager: {
      readonly enabled: boolean;
      readonly cert: {
        readonly issuerRef: {
          readonly group: "cert-manager.io";
          readonly kind: "Issuer";
          readonly name: string;
        };
        /** Go durations. */
        readonly duration: string;
        readonly renewBefore: string;
      };
    };
  };
}
