import { config, deployment, publicUrl, role, rotation } from "#synth";
import type { Component, Stage } from "#synth";
import { buckets, minioEndpoint } from "./minio.ts";
import { accessKeys } from "./minio-setup.ts";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { runnersNamespace } from "./runner.ts";
import type { Secrets } from "./secrets.ts";
import { sizes } from "./sizes.ts";

/** The API, below /api of the public name: projects, runs, artifacts, and shells into running environments. */
export function api(stage: Stage, context: FactoryContext, secrets: Secrets): Component<"http" | "metrics"> {
  const { replicas, resources } = sizes[context.parameters.size].api;
  const settings = config(stage, "factory-api", {
    NODE_ENV: "production",
    LOG_LEVEL: "info",
    PORT: String(ports.api),
    METRICS_PORT: String(ports.metrics),
    PUBLIC_URL: publicUrl(context, context.parameters.hostname),
    // Of the 120 connections the role may open, for up to 8 replicas and the controller.
    DATABASE_POOL_SIZE: "12",
    S3_ENDPOINT: minioEndpoint(context),
    S3_REGION: "us-east-1",
    S3_FORCE_PATH_STYLE: "true",
    S3_BUCKET: buckets.artifacts,
    S3_ACCESS_KEY_ID: accessKeys.api,
    RUNNER_NAMESPACE: runnersNamespace(context),
  });
  role(stage, "factory-api-shell", {
    namespace: runnersNamespace(context),
    serviceAccount: "factory-api",
    // One right in two words: an exec over WebSocket is checked as "get" and, from 1.35 on, as "create"; over SPDY as "create".
    rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create", "get"] }],
  });
  return deployment(stage, "factory-api", {
    image: context.images.api,
    replicas,
    ports: { http: ports.api, metrics: ports.metrics },
    kubernetesApi: true,
    envFrom: [settings],
    env: {
      DATABASE_URL: { secret: secrets.postgres, key: "databaseUrl" },
      REDIS_URL: { secret: secrets.redis, key: "url" },
      S3_SECRET_ACCESS_KEY: { secret: secrets.minio, key: "apiSecretKey" },
      SESSION_SECRET: { secret: secrets.factory, key: "sessionSecret" },
      JWT_SECRET: { secret: secrets.factory, key: "jwtSecret" },
      RUN_TOKEN_SECRET: { secret: secrets.factory, key: "runTokenSecret" },
    },
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    probes: {
      startup: { http: "/healthz", port: "http", periodSeconds: 2, failureThreshold: 60 },
      readiness: { http: "/readyz", port: "http" },
      // Alive says nothing about databases: a restart would not bring them back.
      liveness: { http: "/healthz", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
    },
    // The load balancer drains for 30 seconds, then shells get another 90 to end by themselves.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 120,
    ...rotation(context),
  });
}
