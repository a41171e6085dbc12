import type { ContainerSecurityValues, ResourceValues } from "./pod.ts";

/**
 * Keys that we set of chart fluent-bit 0.58.1. The chart has no schema: it takes a misspelt key silently. What
 * stands between `{{` and `}}` in its configuration is a Helm template.
 */
export interface FluentBitValues {
  readonly testFramework: { readonly enabled: boolean };
  readonly resources: ResourceValues;
  readonly priorityClassName: string;
  readonly tolerations: readonly { readonly operator: "Exists" }[];
  readonly securityContext: ContainerSecurityValues;
  readonly podSecurityContext: { readonly seccompProfile: { readonly type: "RuntimeDefault" } };
  readonly env: readonly {
    readonly name: string;
    readonly valueFrom: {
      readonly secretKeyRef: { readonly name: string; readonly key: string };
    };
  }[];
  /** Replace the chart's, which include folders of Docker that no node has. */
  readonly daemonSetVolumes: readonly {
    readonly name: string;
    readonly hostPath: { readonly path: `/${string}` };
  }[];
  readonly daemonSetVolumeMounts: readonly {
    readonly name: string;
    readonly mountPath: `/${string}`;
    readonly readOnly?: boolean;
  }[];
  readonly config: {
    readonly service: string;
    readonly inputs: string;
    readonly filters: string;
    readonly outputs: string;
  };
  readonly serviceMonitor: { readonly enabled: boolean };
}
