import type { AppContext, SecretRotation } from "#synth";
import type { SizeName } from "./sizes.ts";

/** What one environment of the conversation platform decides. */
export interface Parameters extends SecretRotation {
  /** Name that users type: WebSockets at its root, the REST API below /api. */
  readonly host: string;
  /** Replicas, resources and volumes of everything. */
  readonly size: SizeName;
  /** Reserved groups of the cluster's nodes. Default: none, anything runs on any untainted node. */
  readonly nodeGroups?: Readonly<Record<NodeRole, string>> | undefined;
  readonly neo4j: Neo4j;
  readonly redis: {
    /** Nodes that share the keys: 1, or at least 3, because fewer cannot agree on who has failed. */
    readonly shards: number;
    /** Copies of each shard, which take over when its node fails. */
    readonly copies: 0 | 1 | 2;
  };
  /** Requests a minute from one address, which the web ACL of the load balancer counts. */
  readonly requestsPerMinute: number;
}

/** What a reserved group of nodes is for. */
export type NodeRole = "database" | "websocket" | "navigator" | "calls";

export type Neo4j =
  /** One server; no cluster, no metrics. GPLv3. */
  | { readonly edition: "community" }
  /** One server that writes, and copies of it that answer reads. */
  | {
      readonly edition: "enterprise";
      /** Under which agreement with Neo4j it runs: a signed one, or its evaluation of 30 days. */
      readonly licence: "commercial" | "evaluation";
      /** Copies that answer reads, 2 to 10. A number that a person changes, see the runbook. */
      readonly readReplicas: number;
    };

/** Capabilities without which it does not run. */
export const needs = [
  "ingress",
  "blockStorage",
  "secretStore",
  "resourceMetrics",
  "monitoring",
  "customMetrics",
] as const;

/** Its own images, as its AWS stack makes their repositories. */
export const images = {
  websocket: { repository: "conversation-platform/websocket-service" },
  navigator: { repository: "conversation-platform/conversation-navigator" },
  calls: { repository: "conversation-platform/call-initiation" },
} as const;

/** Context of a placement of this app, as its parts read it. */
export type ConversationContext = AppContext<Parameters, (typeof needs)[number], keyof typeof images>;

/** The group of nodes that a part runs on, where groups are reserved. */
export function nodesFor({ parameters }: ConversationContext, role: NodeRole): { nodeGroup?: string } {
  return parameters.nodeGroups === undefined ? {} : { nodeGroup: parameters.nodeGroups[role] };
}

/** Complains about numbers that the types let pass. */
export function checkParameters({ parameters, report }: ConversationContext): void {
  const { neo4j, redis } = parameters;
  if (redis.shards !== 1 && !isWhole(redis.shards, 3, 10)) {
    report(`redis.shards is ${redis.shards}`, "make it 1, or a whole number from 3 to 10");
  }
  if (neo4j.edition === "enterprise" && !isWhole(neo4j.readReplicas, 2, 10)) {
    report(`neo4j.readReplicas is ${neo4j.readReplicas}`, "make it a whole number from 2 to 10");
  }
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
