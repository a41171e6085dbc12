import type { EnvironmentValue } from "#synth";
import { neo4jAddress } from "./neo4j.ts";
import type { ConversationContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { redisNodes } from "./redis.ts";
import { redisUsers } from "./redis-users.ts";
import type { Secrets } from "./secrets.ts";

/** Settings that each of our services has. */
export function serviceSettings(port: number): Record<string, string> {
  return {
    NODE_ENV: "production",
    LOG_LEVEL: "info",
    PORT: String(port),
    METRICS_PORT: String(ports.metrics),
  };
}

/** How a service reaches the graph. */
export function graphAccess({ neo4j }: Secrets): Record<string, EnvironmentValue> {
  return {
    NEO4J_URI: neo4jAddress,
    NEO4J_USERNAME: "neo4j",
    NEO4J_PASSWORD: { secret: neo4j, key: "password" },
  };
}

/** How a service reaches Redis: a cluster everywhere, also where it has one node. */
export function redisAccess(
  context: ConversationContext,
  { redis }: Secrets,
): Record<string, EnvironmentValue> {
  return {
    REDIS_CLUSTER_NODES: redisNodes(context)
      .map((node) => `${node}:${ports.redis}`)
      .join(","),
    REDIS_USERNAME: redisUsers.app,
    REDIS_PASSWORD: { secret: redis, key: "password" },
  };
}

/** Probes of each of our services: alive says nothing about databases, a restart would not bring them back. */
export const serviceProbes = {
  startup: { http: "/healthz", port: "http", periodSeconds: 2, failureThreshold: 60 },
  readiness: { http: "/readyz", port: "http" },
  liveness: { http: "/healthz", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
} as const;
