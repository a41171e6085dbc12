import { config, deployment, publicUrl } from "#synth";
import type { Component, PortRef, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { sizes } from "./sizes.ts";

/** The web interface. It holds no secret: browsers call /api, and its server side calls the API with the user's session. */
export function web(stage: Stage, context: FactoryContext, api: PortRef): Component<"http"> {
  const { replicas, resources } = sizes[context.parameters.size].web;
  return deployment(stage, "factory-web", {
    image: context.images.web,
    replicas,
    ports: { http: ports.web },
    envFrom: [
      config(stage, "factory-web", {
        NODE_ENV: "production",
        PORT: String(ports.web),
        HOSTNAME: "0.0.0.0",
        PUBLIC_URL: publicUrl(context, context.parameters.hostname),
        API_URL: `http://${api.component}:${api.servicePort}`,
      }),
    ],
    resources,
    mounts: [
      { path: "/tmp", source: { scratch: "tmp", size: "256Mi" } },
      { path: "/app/.next/cache", source: { scratch: "next-cache", size: "512Mi" } },
    ],
    probes: {
      startup: { http: "/healthz", port: "http", periodSeconds: 2, failureThreshold: 30 },
      readiness: { http: "/healthz", port: "http" },
      liveness: { http: "/healthz", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
    },
    // The load balancer drains for 30 seconds.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 45,
  });
}
