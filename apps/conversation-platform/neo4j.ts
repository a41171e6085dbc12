import { rotation, statefulSet } from "#synth";
import type { Component, EnvironmentValue, PublicImage, SecretRef, Stage } from "#synth";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext, Neo4j } from "./parameters.ts";
import { ports } from "./ports.ts";
import { sizes, storeResources } from "./sizes.ts";
import type { Store } from "./sizes.ts";

/** The long-term release of Neo4j 5, in both editions. */
export const neo4jImages: Readonly<Record<Neo4j["edition"], PublicImage>> = {
  community:
    "docker.io/library/neo4j:5.26.30-community@sha256:b3c4f3ded24b3e2bec0753e2c535bb0885b08410fe29b33852861404c8830dac",
  enterprise:
    "docker.io/library/neo4j:5.26.30-enterprise@sha256:091bddccef2aa074033c1cff08791a8b6bcb8f2ffd1f2925c3c2524c61cc4ed7",
};

export type Neo4jPort = "bolt" | "http" | "cluster" | "raft" | "routing" | "metrics";

const serverPorts = {
  bolt: ports.bolt,
  http: ports.neo4jHttp,
  cluster: ports.neo4jCluster,
  raft: ports.neo4jRaft,
  routing: ports.neo4jRouting,
  metrics: ports.neo4jMetrics,
} as const satisfies Readonly<Record<Neo4jPort, number>>;

/** Servers of the graph: the one that writes, and its copies where the edition has them. */
export interface Graph {
  readonly core: Component<Neo4jPort>;
  readonly replica: Component<Neo4jPort> | undefined;
}

const core = "neo4j-core";
const replica = "neo4j-replica";

/** Where drivers begin; in a cluster they are told from there which server writes and which read. */
export const neo4jAddress = `neo4j://${core}:${ports.bolt}`;

export function neo4j(stage: Stage, context: ConversationContext, password: SecretRef): Graph {
  const { size, neo4j: graph } = context.parameters;
  const stores = sizes[size].neo4j;
  return {
    core: server(stage, context, password, { name: core, replicas: 1, store: stores.core }),
    replica:
      graph.edition === "community"
        ? undefined
        : server(stage, context, password, {
            name: replica,
            replicas: graph.readReplicas,
            store: stores.replica,
          }),
  };
}

interface ServerSpec {
  readonly name: typeof core | typeof replica;
  readonly replicas: number;
  readonly store: Store;
}

function server(
  stage: Stage,
  context: ConversationContext,
  password: SecretRef,
  { name, replicas, store }: ServerSpec,
): Component<Neo4jPort> {
  const { edition } = context.parameters.neo4j;
  return statefulSet(stage, name, {
    image: neo4jImages[edition],
    replicas,
    ...nodesFor(context, "database"),
    user: 7474,
    ports: serverPorts,
    // A server asks for its peers, and they for it, while it joins.
    peers: true,
    env: {
      POD_NAME: { field: "metadata.name" },
      NEO4J_AUTH: { secret: password, key: "auth" },
      ...memory(store),
      // It would report its use to Neo4j, and has no way out.
      NEO4J_dbms_usage__report_enabled: "false",
      ...(context.parameters.neo4j.edition === "enterprise" &&
        cluster(context, context.parameters.neo4j, name)),
    },
    resources: storeResources(store),
    volumes: { data: { size: `${store.volumeGiB}Gi`, path: "/data" } },
    mounts: [
      { path: "/logs", source: { scratch: "logs", size: "1Gi" } },
      { path: "/tmp", source: { scratch: "tmp", size: "256Mi" } },
    ],
    writableRootBecause: "its entrypoint writes the configuration below /var/lib/neo4j from the environment",
    probes: {
      // Half an hour: a new copy takes the whole graph over first.
      startup: { tcp: "bolt", periodSeconds: 10, failureThreshold: 180 },
      readiness: { http: "/", port: "http", timeoutSeconds: 5 },
      liveness: { tcp: "bolt", periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
    },
    // A checkpoint is written before it ends; killed, it would recover from its log.
    terminationGracePeriodSeconds: 300,
    ...rotation(context),
  });
}

/** Three eighths to the heap, seven sixteenths to the cache of pages, the rest to threads and the system. */
function memory({ memoryMiB }: Store): Record<string, EnvironmentValue> {
  const heap = `${(memoryMiB / 8) * 3}m`;
  return {
    // Equal, so that the heap never moves.
    NEO4J_server_memory_heap_initial__size: heap,
    NEO4J_server_memory_heap_max__size: heap,
    NEO4J_server_memory_pagecache_size: `${(memoryMiB / 16) * 7}m`,
  };
}

/** One primary that writes and secondaries that read: what Neo4j calls an analytics cluster. */
function cluster(
  { namespace }: ConversationContext,
  { licence }: Extract<Neo4j, { edition: "enterprise" }>,
  name: ServerSpec["name"],
): Record<string, EnvironmentValue> {
  const domain = `${namespace}.svc.cluster.local`;
  const mode = name === core ? "PRIMARY" : "SECONDARY";
  return {
    NEO4J_ACCEPT_LICENSE_AGREEMENT: licence === "commercial" ? "yes" : "eval",
    NEO4J_server_default__advertised__address: `$(POD_NAME).${name}.${domain}`,
    NEO4J_dbms_cluster_discovery_version: "V2_ONLY",
    NEO4J_dbms_cluster_discovery_resolver__type: "LIST",
    NEO4J_dbms_cluster_discovery_v2_endpoints: `${core}-0.${core}.${domain}:${ports.neo4jCluster}`,
    NEO4J_dbms_cluster_minimum__initial__system__primaries__count: "1",
    NEO4J_server_cluster_system__database__mode: mode,
    NEO4J_initial_server_mode__constraint: mode,
    NEO4J_initial_dbms_default__primaries__count: "1",
    NEO4J_initial_dbms_automatically__enable__free__servers: "true",
    // To Prometheus, and not to files beside it as well.
    NEO4J_server_metrics_csv_enabled: "false",
    NEO4J_server_metrics_prometheus_enabled: "true",
    NEO4J_server_metrics_prometheus_endpoint: `0.0.0.0:${ports.neo4jMetrics}`,
    // Names of metrics by pattern, of which only some are on by default.
    NEO4J_server_metrics_filter:
      "*bolt.connections*,*page_cache.*,*transaction.*,*db.query.execution.*,*cluster.*",
  };
}
