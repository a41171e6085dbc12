import { config, deployment } from "#synth";
import type { Component, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { sizes } from "./sizes.ts";

/** What a Blender is told; users' own are told the same by platform/user-instances, which cannot import an app. */
const blenderSettings = {
  HOME: "/config",
  WEB_PORT: String(ports.blenderWeb),
  VNC_PORT: String(ports.blenderVnc),
  MCP_PORT: String(ports.blenderMcp),
} as const;

/** The Blender that users share, where there is one. It keeps nothing: what is to last, the backend stores. */
export function blender(stage: Stage, context: MeshContext): Component<"web" | "vnc" | "mcp"> | undefined {
  const { images, parameters } = context;
  const { sharedBlender, size } = parameters;
  if (sharedBlender === undefined) return undefined;
  const { nodeGroup, gpu = false } = sharedBlender;
  return deployment(stage, "blender", {
    image: images.blender,
    replicas: 1,
    // One scene at a time: a second Blender would be another one.
    strategy: "recreate",
    ...(nodeGroup !== undefined && { nodeGroup }),
    ports: { web: ports.blenderWeb, vnc: ports.blenderVnc, mcp: ports.blenderMcp },
    envFrom: [config(stage, "blender", blenderSettings)],
    resources: { ...sizes[size].blender, ...(gpu && { gpus: 1 }) },
    mounts: [
      { path: "/config", source: { scratch: "config", size: "8Gi" } },
      { path: "/tmp", source: { scratch: "tmp", size: "2Gi" } },
      { path: "/dev/shm", source: { scratch: "shm", medium: "Memory", size: "1Gi" } },
    ],
    probes: {
      startup: { http: "/", port: "web", periodSeconds: 5, failureThreshold: 60 },
      readiness: { http: "/", port: "web" },
      // Blender renders without answering for a while; three minutes of it are no reason to lose the scene.
      liveness: { tcp: "mcp", periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 6 },
    },
    terminationGracePeriodSeconds: 30,
  });
}
