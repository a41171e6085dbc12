import type { ResourceValues } from "./pod.ts";

/**
 * Keys that we set of chart external-dns 1.21.1, whose schema lets unknown ones pass. Its container is non-root
 * and read-only by default; it runs one replica, and has no key for more.
 */
export interface ExternalDnsValues {
  readonly provider: { readonly name: "aws" };
  readonly sources: readonly ("service" | "ingress")[];
  readonly policy: "upsert-only" | "sync" | "create-only";
  readonly registry: "txt";
  readonly txtOwnerId: string;
  readonly domainFilters: readonly string[];
  readonly extraArgs: { readonly "zone-id-filter": string };
  readonly interval: `${number}${"s" | "m"}`;
  readonly logFormat: "text" | "json";
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly resources: ResourceValues;
  readonly priorityClassName: string;
  readonly serviceAccount: { readonly annotations: Readonly<Record<string, string>> };
  readonly serviceMonitor: { readonly enabled: boolean };
}
