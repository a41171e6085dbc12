import { config, rotation, statefulSet } from "#synth";
import type { Component, PublicImage, SecretRef, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { redisUser, usersFile } from "./redis-users.ts";
import { sizes, storeResources } from "./sizes.ts";

const redisImage: PublicImage =
  "docker.io/library/redis:7.4.11-alpine@sha256:858f009f9709ce576febc734aa78b8f6d624b82571f9ddb6bda4377c833b3499";

/** Queues and sessions, in memory and in an append-only file. */
export function redis(stage: Stage, context: FactoryContext, password: SecretRef): Component<"redis"> {
  const store = sizes[context.parameters.size].redis;
  return statefulSet(stage, "redis", {
    image: redisImage,
    args: ["redis-server", "/etc/redis/redis.conf"],
    replicas: 1,
    user: 999,
    ports: { redis: ports.redis },
    // What redis-cli signs in with, in the probes and for people.
    env: { REDISCLI_AUTH: { secret: password, key: "password" } },
    resources: storeResources(store),
    volumes: { data: { size: `${store.volumeGiB}Gi`, path: "/data" } },
    mounts: [
      {
        path: "/etc/redis",
        readOnly: true,
        source: { config: config(stage, "redis-settings", { "redis.conf": settings(store.memoryMiB) }) },
      },
      {
        path: "/etc/redis-users",
        readOnly: true,
        source: { secret: password, items: { [usersFile.name]: usersFile.name }, mode: 0o440 },
      },
    ],
    probes: {
      startup: { exec: ping, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
      readiness: { exec: ["sh", "-c", `${ping.join(" ")} | grep -qx PONG`], timeoutSeconds: 5 },
      // Any answer will do, also that it still loads its file.
      liveness: { exec: ping, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 4 },
    },
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
}

const ping = ["redis-cli", "--no-auth-warning", "--user", redisUser, "ping"];

/** Three quarters of the memory hold data; the rest is for copies while the file is rewritten. */
function settings(memoryMiB: number): string {
  return `dir /data
aclfile /etc/redis-users/${usersFile.name}

# Every write is on disk within a second; there are no other dumps.
appendonly yes
appendfsync everysec
save ""

# Full means that writes fail, loudly: to evict would be to lose queued work in silence.
maxmemory ${(memoryMiB / 4) * 3}mb
maxmemory-policy noeviction

tcp-keepalive 60
`;
}
