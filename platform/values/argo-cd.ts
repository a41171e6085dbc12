import type { ResourceValues, SpreadValues } from "./pod.ts";

interface Switch {
  readonly enabled: boolean;
}

interface ComponentValues {
  readonly resources: ResourceValues;
  readonly metrics: Switch & { readonly serviceMonitor: Switch };
}

interface ServerValues extends ComponentValues {
  readonly replicas: number;
  /** Rendered with minAvailable 0 unless told otherwise, which protects nothing. */
  readonly pdb: Switch & { readonly maxUnavailable: number };
}

/** A duration as Go writes it. */
type Duration = `${number}${"s" | "m" | "h"}`;

/** Lua that gives an object's health, by `<group>_<Kind>`. */
type HealthChecks = Readonly<Record<`resource.customizations.health.${string}`, string>>;

interface Settings {
  readonly "admin.enabled": boolean;
  readonly "users.anonymous.enabled": boolean;
  readonly "exec.enabled": boolean;
  readonly "application.resourceTrackingMethod": "annotation" | "annotation+label" | "label";
  readonly "timeout.reconciliation": Duration;
}

/**
 * Keys that we set of chart argo-cd 10.1.1 (Argo CD v3.4.4). The chart has no schema: it takes a misspelt key
 * silently. Its containers are non-root and read-only by default.
 */
export interface ArgoCdValues {
  readonly fullnameOverride: string;
  readonly crds: { readonly install: boolean; readonly keep: boolean };
  readonly global: {
    /** Host that the web UI calls itself by. */
    readonly domain: string;
    readonly priorityClassName: string;
    readonly logging: { readonly format: "text" | "json" };
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly networkPolicy: { readonly create: boolean; readonly defaultDenyIngress: boolean };
  };
  readonly controller: ComponentValues;
  readonly server: ServerValues;
  readonly repoServer: ServerValues & {
    readonly copyutil: { readonly resources: ResourceValues };
  };
  readonly applicationSet: {
    readonly replicas: number;
    readonly resources: ResourceValues;
  };
  readonly redis: { readonly resources: ResourceValues };
  readonly redisSecretInit: Switch & { readonly resources: ResourceValues };
  readonly dex: Switch;
  readonly notifications: Switch;
  readonly configs: {
    readonly cm: Settings & HealthChecks;
    readonly params: {
      readonly "server.insecure": boolean;
      readonly "controller.diff.server.side": boolean;
      /** Seconds after which a sync is ended; 0 is never. */
      readonly "controller.sync.timeout.seconds": number;
    };
    readonly rbac: {
      /** Role of those whom no policy names; empty for none. */
      readonly "policy.default": "" | "role:readonly";
      readonly "policy.csv": string;
    };
  };
}
