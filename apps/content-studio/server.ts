import { deployment, rotation } from "#synth";
import type { Component, ConfigRef, Stage } from "#synth";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import { secretSettings } from "./settings.ts";
import { between, sizes } from "./sizes.ts";
import { tags, telemetry } from "./telemetry.ts";

export const serverName = "content-studio-server";

/** The API, below /api of the public name, and the streams of events to browsers. */
export function server(
  stage: Stage,
  context: StudioContext,
  settings: ConfigRef,
  secrets: Secrets,
): Component<"http"> {
  const { pods, resources } = sizes[context.parameters.size].server;
  const about = { service: serverName, image: context.images.server };
  return deployment(stage, serverName, {
    image: context.images.server,
    args: ["--mode=server"],
    replicas: between(pods, (bounds) => ({
      ...bounds,
      cpu: 70,
      memory: 80,
      // A page that streams is counted by its memory, not its CPU; each removed pod makes its browsers connect anew.
      scaleUpPerMinute: 4,
      scaleDownPerMinute: 1,
    })),
    ports: { http: ports.server },
    envFrom: [settings],
    env: { ...secretSettings(secrets), ...telemetry(context, about) },
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    probes: {
      startup: { http: "/healthcheck", port: "http", periodSeconds: 2, failureThreshold: 60 },
      readiness: { http: "/healthcheck", port: "http" },
      liveness: {
        http: "/healthcheck",
        port: "http",
        periodSeconds: 20,
        timeoutSeconds: 5,
        failureThreshold: 6,
      },
    },
    // The load balancer drains for 30 seconds, then streams are closed and browsers connect to another pod.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 60,
    labels: tags(context, about),
    ...rotation(context),
  });
}
