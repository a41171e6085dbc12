import type { AppContext, Replicas, SecretRotation, ShardCount } from "#synth";
import { sizes } from "./sizes.ts";
import type { SizeName } from "./sizes.ts";

/** What one environment of Prompt2Mesh decides. */
export interface Parameters extends SecretRotation {
  /** Name that users type. */
  readonly host: string;
  /** Replicas and resources of what all users share. */
  readonly size: SizeName;
  readonly database: Database;
  /** A Blender that all users share, for those without an instance of their own. Default: none. */
  readonly sharedBlender?: {
    /** Node group to run on, such as one of spot instances. Default: any untainted one. */
    readonly nodeGroup?: string;
    /** Whether it renders on a GPU of its node, which the group must have. Default: false. */
    readonly gpu?: boolean;
  };
  /** An isolated instance for each user who asks for one. Default: none. */
  readonly instances?: Instances;
  /** Where traces of requests go, as OTLP over HTTP inside the cluster's network. Default: nowhere. */
  readonly traces?: { readonly host: string; readonly port: number };
  /** LangSmith keeps each conversation with the model and what it cost. Default: off. */
  readonly langSmith?: boolean;
}

export interface Instances {
  /** A user's host is `<hostPrefix><id>.<domain>`, one name below what the certificate is for. */
  readonly hostPrefix: `${string}-`;
  readonly domain: string;
  /** Instances at once. */
  readonly maximum: number;
  /** Load balancers that they are spread over, 60 on each on average. */
  readonly shards: ShardCount;
  /** CPUs and GiB of memory that all of them together may set aside: what their node group can hold. */
  readonly cpu: number;
  readonly memoryGiB: number;
}

export type Database =
  /** One Postgres in the cluster, on one volume. */
  | { readonly kind: "in-cluster"; readonly size: `${number}Gi` }
  /** Amazon RDS in the cluster's network; its roles are made by hand, as the README says. */
  | { readonly kind: "rds"; readonly host: string };

/** Capabilities without which it does not run. */
export const needs = ["ingress", "blockStorage", "secretStore"] as const;

/** Its own images, as its AWS stack makes their repositories. */
export const images = {
  backend: { repository: "prompt2mesh-backend" },
  streamlit: { repository: "prompt2mesh-streamlit" },
  blender: { repository: "prompt2mesh-blender" },
} as const;

/** Context of a placement of this app, as its parts read it. */
export type MeshContext = AppContext<Parameters, (typeof needs)[number], keyof typeof images>;

/** Complains about a size that the cluster cannot scale. */
export function checkParameters({ parameters, capabilities, cluster, report }: MeshContext): void {
  const replicas: Replicas = sizes[parameters.size].backend.replicas;
  if (typeof replicas === "number" || capabilities.resourceMetrics !== undefined) return;
  report(
    `size ${parameters.size} scales on CPU, which ${cluster.name} does not measure`,
    'give the cluster the capability "resourceMetrics", or choose size "small"',
  );
}
