import { config, publicUrl, rotation } from "#synth";
import type { Component, Stage } from "#synth";
import { instanceEnvironment } from "./instances/instances.ts";
import type { MeshContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import { server } from "./server.ts";
import { sizes } from "./sizes.ts";
import { tracing } from "./tracing.ts";

/** FastAPI below /api of the public name: sign-in, projects, conversations with the model. */
export function backend(stage: Stage, context: MeshContext, secrets: Secrets): Component<"http" | "metrics"> {
  const { parameters, images } = context;
  const { replicas, resources } = sizes[parameters.size].backend;
  return server(stage, context, "backend", {
    image: images.backend,
    replicas,
    ports: { http: ports.backend, metrics: ports.metrics },
    // It makes users' instances.
    kubernetesApi: parameters.instances !== undefined,
    envFrom: [
      config(stage, "backend", {
        LOG_LEVEL: "info",
        PORT: String(ports.backend),
        METRICS_PORT: String(ports.metrics),
        PUBLIC_URL: publicUrl(context, context.parameters.host),
        // Of the 80 connections the role may open, for up to 12 replicas and as many again while blue and green run.
        DATABASE_POOL_SIZE: "3",
        ...instanceEnvironment(context),
        ...(parameters.sharedBlender !== undefined && {
          BLENDER_MCP_HOST: "blender",
          BLENDER_MCP_PORT: String(ports.blenderMcp),
        }),
      }),
    ],
    env: {
      DATABASE_URL: { secret: secrets.postgres, key: "databaseUrl" },
      JWT_SECRET_KEY: { secret: secrets.backend, key: "jwtSecretKey" },
      ANTHROPIC_API_KEY: { secret: secrets.backend, key: "anthropicApiKey" },
      ...tracing(context, "backend", secrets),
    },
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "512Mi" } }],
    probes: {
      startup: { http: "/healthz", port: "http", periodSeconds: 2, failureThreshold: 60 },
      readiness: { http: "/readyz", port: "http" },
      // Alive says nothing about the database: a restart would not bring it back.
      liveness: { http: "/healthz", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
    },
    // The load balancer drains for 30 seconds.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
}
