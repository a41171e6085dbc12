import type { ResourceValues } from "./pod.ts";

interface EntryPointValues {
  /** Port of the node. */
  readonly hostPort: number;
  readonly transport: {
    readonly respondingTimeouts: {
      /** Time for a whole request, body and all; `0s` for as long as it takes. */
      readonly readTimeout: `${number}s`;
      readonly writeTimeout: `${number}s`;
      /** Time that a connection between requests stays open. */
      readonly idleTimeout: `${number}s`;
    };
  };
}

/**
 * Keys that we set of chart traefik 41.3.0, whose schema refuses every other. Its container is non-root and
 * read-only by default.
 */
export interface TraefikValues {
  readonly deployment: { readonly kind: "DaemonSet" };
  /** A port of the node has room for one pod: the old one goes before the new one comes. */
  readonly updateStrategy: {
    readonly rollingUpdate: { readonly maxUnavailable: 1; readonly maxSurge: 0 };
  };
  readonly tolerations: readonly {
    readonly key: string;
    readonly operator: "Exists";
    readonly effect: "NoSchedule";
  }[];
  readonly ports: Readonly<Record<"web" | "websecure", EntryPointValues>>;
  readonly service: { readonly spec: { readonly type: "ClusterIP" } };
  readonly ingressClass: {
    readonly enabled: boolean;
    readonly isDefaultClass: boolean;
    readonly name: string;
  };
  readonly providers: {
    readonly kubernetesCRD: { readonly enabled: boolean };
    readonly kubernetesIngress: {
      readonly publishedService: { readonly enabled: boolean };
      readonly ingressEndpoint: { readonly hostname: string };
    };
  };
  readonly global: { readonly checkNewVersion: boolean; readonly sendAnonymousUsage: boolean };
  readonly accessLog: { readonly enabled: boolean };
  readonly priorityClassName: string;
  readonly resources: ResourceValues;
  readonly metrics: {
    readonly prometheus: {
      readonly service: { readonly enabled: boolean };
      readonly serviceMonitor: { readonly enabled: boolean };
    };
  };
}
