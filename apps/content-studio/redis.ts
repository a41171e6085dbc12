import { config, deployment, rotation } from "#synth";
import type { Component, EnvironmentValue, PublicImage, SecretRef, Stage } from "#synth";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { redisUser, usersFile } from "./redis-users.ts";
import type { Variable } from "./variables.ts";

const redisImage: PublicImage =
  "docker.io/library/redis:7.4.11-alpine@sha256:858f009f9709ce576febc734aa78b8f6d624b82571f9ddb6bda4377c833b3499";

/**
 * Carries events between replicas and holds nothing: no volume, no second replica. While it restarts, events are lost
 * and pages show them when they ask next; jobs are in the database.
 */
export function redis(stage: Stage, context: StudioContext, password: SecretRef): Component<"redis"> {
  const env: Partial<Record<Variable, EnvironmentValue>> = {
    REDISCLI_AUTH: { secret: password, key: "password" },
  };
  return deployment(stage, "redis", {
    image: redisImage,
    args: ["redis-server", "/etc/redis/redis.conf"],
    replicas: 1,
    // Two at once would each carry half of the events.
    strategy: "recreate",
    user: 999,
    ports: { redis: ports.redis },
    env,
    resources: { cpu: { request: "50m" }, memory: { request: "64Mi", limit: "128Mi" } },
    mounts: [
      {
        path: "/etc/redis",
        readOnly: true,
        source: { config: config(stage, "redis-settings", { "redis.conf": settings }) },
      },
      {
        path: "/etc/redis-users",
        readOnly: true,
        source: { secret: password, items: { [usersFile.name]: usersFile.name }, mode: 0o440 },
      },
    ],
    probes: {
      readiness: { exec: ["sh", "-c", `${ping.join(" ")} | grep -qx PONG`], timeoutSeconds: 5 },
      liveness: { exec: ping, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 4 },
    },
    ...rotation(context),
  });
}

const ping = ["redis-cli", "--no-auth-warning", "--user", redisUser, "ping"];

const settings = `aclfile /etc/redis-users/${usersFile.name}

# Nothing to keep: no file is written.
save ""
appendonly no

# A client that falls this far behind is let go, and subscribes again.
client-output-buffer-limit pubsub 8mb 2mb 60
maxmemory 32mb
maxmemory-policy noeviction
tcp-keepalive 60
`;
