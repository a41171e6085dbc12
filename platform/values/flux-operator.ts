import type { ResourceValues } from "./pod.ts";

/**
 * Keys that we set of chart flux-operator 0.58.1, read at 0.49.0, the last whose source is public. Its schema lets
 * unknown ones pass. Its container is non-root and read-only by default; it runs one replica, without a key for more.
 */
export interface FluxOperatorValues {
  readonly fullnameOverride: string;
  readonly installCRDs: boolean;
  readonly resources: ResourceValues;
  readonly priorityClassName: string;
  readonly reporting: { readonly interval: `${number}m` };
  /** Its web page, which shows everything to whoever reaches it. */
  readonly web: { readonly enabled: boolean };
  readonly serviceMonitor: { readonly create: boolean };
}
