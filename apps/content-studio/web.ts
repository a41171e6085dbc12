import { config, deployment, publicUrl } from "#synth";
import type { Component, Stage } from "#synth";
import { apiPath } from "./parameters.ts";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { between, sizes } from "./sizes.ts";
import { tags } from "./telemetry.ts";
import type { Variable } from "./variables.ts";

const webName = "content-studio-web";

/** The pages: files that Vite built, served by nginx. It holds no secret and opens no connection. */
export function web(stage: Stage, context: StudioContext): Component<"http"> {
  const { pods, resources } = sizes[context.parameters.size].web;
  return deployment(stage, webName, {
    image: context.images.web,
    replicas: between(pods, (bounds) => ({ ...bounds, cpu: 70 })),
    // What nginx is called in its image without root.
    user: 101,
    ports: { http: ports.web },
    resources,
    mounts: [
      {
        path: "/usr/share/nginx/html/env.js",
        subPath: "env.js",
        readOnly: true,
        source: { config: config(stage, webName, { "env.js": pageSettings(context) }) },
      },
      { path: "/tmp", source: { scratch: "tmp", size: "64Mi" } },
      { path: "/var/cache/nginx", source: { scratch: "cache", size: "64Mi" } },
    ],
    probes: {
      startup: { http: "/healthcheck", port: "http", periodSeconds: 2, failureThreshold: 30 },
      readiness: { http: "/healthcheck", port: "http" },
      liveness: { http: "/healthcheck", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
    },
    // The load balancer drains for 30 seconds.
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 45,
    labels: tags(context, { service: webName, image: context.images.web }),
  });
}

/** A script of the pages, since Vite writes variables into its bundles and one image serves every environment. */
function pageSettings(context: StudioContext): string {
  const url = publicUrl(context, context.parameters.host);
  const data: Partial<Record<Variable, string>> = {
    PUBLIC_SERVER_URL: url,
    PUBLIC_SERVER_API_PATH: apiPath,
    PUBLIC_WEB_URL: url,
  };
  return `globalThis.__ENV__ = ${JSON.stringify(data, null, 2)};\n`;
}
