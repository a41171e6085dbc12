import { config, publicUrl } from "#synth";
import type { Component, PortRef, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { server } from "./server.ts";
import { sizes } from "./sizes.ts";

/** Seconds that a browser stays with the pod that holds its session: as long as the load balancer lets one be silent. */
export const sessionSeconds = 3600;

/** The Streamlit front end. It holds no secret, and each browser's session in memory. */
export function streamlit(stage: Stage, context: MeshContext, backend: PortRef): Component<"http"> {
  const { parameters, images } = context;
  const { replicas, resources } = sizes[parameters.size].streamlit;
  return server(stage, context, "streamlit", {
    image: images.streamlit,
    replicas,
    ports: { http: ports.streamlit },
    envFrom: [
      config(stage, "streamlit", {
        STREAMLIT_SERVER_PORT: String(ports.streamlit),
        STREAMLIT_SERVER_ADDRESS: "0.0.0.0",
        STREAMLIT_SERVER_HEADLESS: "true",
        STREAMLIT_BROWSER_GATHER_USAGE_STATS: "false",
        // Its state below the home directory, which is read-only otherwise.
        HOME: "/tmp",
        PUBLIC_URL: publicUrl(context, context.parameters.host),
        BACKEND_URL: `http://${backend.component}:${backend.servicePort}`,
      }),
    ],
    resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "512Mi" } }],
    probes: {
      startup: { http: "/_stcore/health", port: "http", periodSeconds: 2, failureThreshold: 60 },
      readiness: { http: "/_stcore/health", port: "http" },
      liveness: { http: "/_stcore/health", port: "http", periodSeconds: 20, timeoutSeconds: 5 },
    },
    // Sessions on the old pods end by themselves in these ten minutes; their users keep what the backend holds.
    secondsToGoBack: 600,
    preStop: ["sleep", "30"],
    terminationGracePeriodSeconds: 60,
  });
}
