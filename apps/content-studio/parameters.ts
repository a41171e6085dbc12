import type { AppContext, SecretRotation } from "#synth";
import { scales } from "./sizes.ts";
import type { SizeName } from "./sizes.ts";

/** What one environment of Content Studio decides. */
export interface Parameters extends SecretRotation {
  /** Name that users type; pages are at `/`, the API below `/api`. */
  readonly host: string;
  /** Pods of server, worker and web, and what they ask for. */
  readonly size: SizeName;
  /**
   * How events reach browsers. `memory`: from the replica that they are published at, so that browsers stay with one;
   * `redis`: from every replica, through a Redis of the environment's own.
   */
  readonly events: "memory" | "redis";
  /** Where audio and documents lie: in one of the cluster's buckets, by its name there, or in the database. */
  readonly storage: { readonly provider: "s3"; readonly bucket: string } | { readonly provider: "database" };
  /** The database: one that AWS runs, reached by the entry `database` of the secret store, or one beside the app. */
  readonly database: Database;
  /** Who generates text and speech: Google's models with a key, or nobody. */
  readonly ai: "gemini" | "mock";
}

export type Database =
  | { readonly kind: "managed" }
  /** One pod with one volume, for machines of developers: no backup, no second replica. */
  | { readonly kind: "in-cluster"; readonly size: `${number}Gi` };

/** Capabilities without which it does not run. */
export const needs = ["ingress", "secretStore"] as const;

/** Its own images, as its AWS stack makes their repositories. The worker is the server's image in another mode. */
export const images = {
  server: { repository: "content-studio/server" },
  web: { repository: "content-studio/web" },
} as const;

/** Context of a placement of this app, as its parts read it. */
export type StudioContext = AppContext<Parameters, (typeof needs)[number], keyof typeof images>;

/** Path that the API is below; everything else is the web interface's. */
export const apiPath = "/api";

/** Complains about what the types let pass. */
export function checkParameters({ parameters, capabilities, cluster, report }: StudioContext): void {
  const { size, storage } = parameters;
  if (scales(size) && capabilities.resourceMetrics === undefined) {
    report(
      `size ${size} scales on CPU and memory, which ${cluster.name} does not measure`,
      'give the cluster the capability "resourceMetrics", or choose size "demo"',
    );
  }
  if (storage.provider === "s3" && cluster.provider !== "eks") {
    report(
      `storage in a bucket needs an IAM role, and ${cluster.name} does not run on AWS`,
      'choose storage { provider: "database" } there',
    );
  }
}
