import { config, rotation, statefulSet } from "#synth";
import type { Component, ConfigRef, Mount, PublicImage, SecretRef, Stage } from "#synth";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { redisConfig, startScript } from "./redis-settings.ts";
import { redisFiles, redisUsers } from "./redis-users.ts";
import { sizes, storeResources } from "./sizes.ts";

export const redisImage: PublicImage =
  "docker.io/library/redis:7.4.11-alpine@sha256:858f009f9709ce576febc734aa78b8f6d624b82571f9ddb6bda4377c833b3499";

const exporterImage: PublicImage =
  "docker.io/oliver006/redis_exporter:v1.90.0@sha256:a129504e65b87c54f79bc92f1afc403475e8ff646a3d7512de469904ceddf986";

/** Names of the nodes, as pods and clients look them up. */
export function redisNodes({ namespace, parameters }: ConversationContext): readonly string[] {
  const { shards, copies } = parameters.redis;
  return Array.from(
    { length: shards * (1 + copies) },
    (_, index) => `redis-${index}.redis.${namespace}.svc.cluster.local`,
  );
}

/** Sessions, caches and queues: a Redis Cluster of a fixed size, in memory and in files. */
export function redis(
  stage: Stage,
  context: ConversationContext,
  secret: SecretRef,
): Component<"redis" | "bus" | "metrics"> {
  const store = sizes[context.parameters.size].redis;
  const nodes = redisNodes(context);
  const settings = config(stage, "redis-settings", {
    "redis.conf": redisConfig(store.memoryMiB),
    "start.sh": startScript,
  });
  return statefulSet(stage, "redis", {
    image: redisImage,
    command: ["sh", "/etc/redis/start.sh"],
    replicas: nodes.length,
    ...nodesFor(context, "database"),
    user: 999,
    // The last is the exporter's, beside it: a Service offers ports of the main container.
    ports: { redis: ports.redis, bus: ports.redisBus, metrics: ports.redisMetrics },
    peers: true,
    env: {
      POD_NAME: { field: "metadata.name" },
      POD_IP: { field: "status.podIP" },
      NODES: nodes.join(" "),
      ANNOUNCE_HOSTNAME: `$(POD_NAME).redis.${context.namespace}.svc.cluster.local`,
      // What redis-cli signs in with, in the probes and for people.
      REDISCLI_AUTH: { secret, key: "operatorPassword" },
    },
    resources: storeResources(store),
    volumes: { data: { size: `${store.volumeGiB}Gi`, path: "/data" } },
    mounts: files(settings, secret),
    probes: {
      startup: { exec: ping, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
      readiness: { exec: ["sh", "-c", `${ping.join(" ")} | grep -qx PONG`], timeoutSeconds: 5 },
      // Any answer will do, also that it still loads its file.
      liveness: { exec: ping, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 4 },
    },
    sidecars: { exporter: exporter(secret) },
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
}

/** Its settings, and from the Secret its users. */
function files(settings: ConfigRef, secret: SecretRef): readonly Mount[] {
  return [
    { path: "/etc/redis", readOnly: true, source: { config: settings } },
    {
      path: "/etc/redis-secret",
      readOnly: true,
      source: {
        secret,
        items: Object.fromEntries(Object.keys(redisFiles).map((file) => [file, file])),
        mode: 0o440,
      },
    },
  ];
}

function exporter(secret: SecretRef) {
  return {
    image: exporterImage,
    // No CONFIG: its user may not read it.
    args: ["--config-command=-"],
    ports: { metrics: ports.redisMetrics },
    env: {
      REDIS_ADDR: `redis://127.0.0.1:${ports.redis}`,
      REDIS_USER: redisUsers.metrics,
      REDIS_PASSWORD: { secret, key: "metricsPassword" },
    },
    resources: { cpu: { request: "20m" }, memory: { request: "32Mi", limit: "64Mi" } },
    probes: { readiness: { http: "/health", port: "metrics" } },
  } as const;
}

const ping = ["redis-cli", "--no-auth-warning", "--user", redisUsers.operator, "ping"];
