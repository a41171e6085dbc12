import { config, deployment, publicUrl, rotation, serviceMonitor } from "#synth";
import type { Component, Stage } from "#synth";
import { exported } from "./exports.ts";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import { graphAccess, serviceProbes, serviceSettings } from "./service-settings.ts";
import { sizes } from "./sizes.ts";

const name = "call-initiation";

/** Starts calls with ElevenLabs' voices: a REST API below /api of the public name. */
export function calls(
  stage: Stage,
  context: ConversationContext,
  secrets: Secrets,
): Component<"http" | "metrics"> {
  const { replicas, resources } = sizes[context.parameters.size].calls;
  const service = deployment(stage, name, {
    image: context.images.calls,
    replicas,
    ...nodesFor(context, "calls"),
    ports: { http: ports.calls, metrics: ports.metrics },
    envFrom: [
      config(stage, name, {
        ...serviceSettings(ports.calls),
        PUBLIC_URL: `${publicUrl(context, context.parameters.host)}/api`,
      }),
    ],
    env: {
      ...graphAccess(secrets),
      ELEVENLABS_API_KEY: { secret: secrets.elevenlabs, key: "apiKey" },
      JWT_SECRET: { secret: secrets.auth, key: "jwtSecret" },
    },
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    probes: serviceProbes,
    // The load balancer drains for 30 seconds.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
  serviceMonitor(stage, service.port("metrics"), { exports: exported.calls });
  return service;
}
