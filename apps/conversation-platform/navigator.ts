import { config, deployment, rotation, serviceMonitor } from "#synth";
import type { Component, Stage } from "#synth";
import { exported } from "./exports.ts";
import { nodesFor } from "./parameters.ts";
import type { ConversationContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import { graphAccess, redisAccess, serviceProbes, serviceSettings } from "./service-settings.ts";
import { sizes } from "./sizes.ts";

const name = "conversation-navigator";

export const navigatorAddress = `http://${name}:${ports.navigator}`;

/** Decides what is said next, with Gemini; queue and cache of its requests are in Redis. */
export function navigator(
  stage: Stage,
  context: ConversationContext,
  secrets: Secrets,
): Component<"http" | "metrics"> {
  const { replicas, resources } = sizes[context.parameters.size].navigator;
  const service = deployment(stage, name, {
    image: context.images.navigator,
    replicas,
    ...nodesFor(context, "navigator"),
    ports: { http: ports.navigator, metrics: ports.metrics },
    envFrom: [config(stage, name, serviceSettings(ports.navigator))],
    env: {
      ...graphAccess(secrets),
      ...redisAccess(context, secrets),
      GEMINI_API_KEY: { secret: secrets.gemini, key: "apiKey" },
    },
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    probes: serviceProbes,
    preStop: ["sleep", "10"],
    // An answer of Gemini takes up to 5 seconds, and some retries.
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
  serviceMonitor(stage, service.port("metrics"), { exports: exported.navigator });
  return service;
}
