import { defineApp, deployment, rotation } from "#synth";
import type { Stage } from "#synth";
import { access, home } from "./authentication.ts";
import { reachable } from "./network.ts";
import type { Parameters, StudioContext } from "./parameters.ts";
import { permissions } from "./permissions.ts";
import { settings } from "./settings.ts";
import { cpuLimit, replicasOf, sizes } from "./sizes.ts";
import { agentConfigs } from "./storage.ts";
import { variables } from "./variables.ts";

export const voiceAgentStudio = defineApp<Parameters>()({
  name: "voice-agent-studio",
  description: "Builds voice agents and talks to them: a Next.js server on Bedrock, Polly and Transcribe.",
  images: { app: { repository: "voice-agent-studio" } },
  needs: ["ingress", "secretStore"],
  uses: ["blockStorage", "sharedStorage", "resourceMetrics"],
  // One stage: a claim that waits for its first pod would never be ready in a stage before it.
  stages: ["serve"],
  promotion: { soakHours: { prod: 24 }, approvers: { prod: ["@example/platform"] } },
  permissions,
  variables,
  render: ({ serve }, context) => render(serve, context),
});

const probes = {
  // The first answer takes about 5 seconds; a minute leaves room for a slow volume.
  startup: { http: "/", port: "http", periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 30 },
  readiness: { http: "/", port: "http", timeoutSeconds: 5 },
  // A restart ends every session in the pod, so it takes three minutes without one answer.
  liveness: { http: "/", port: "http", periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 6 },
} as const;

function render(stage: Stage, context: StudioContext): void {
  const { parameters, images } = context;
  const size = sizes[parameters.size];
  const { stateful, secrets, mounts } = access(stage, context);
  const rolling = parameters.storage.kind === "shared";
  const replicas = replicasOf(size, { stateful });
  refuseBlindAutoscaler(context, replicas);

  const studio = deployment(stage, "voice-agent-studio", {
    image: images.app,
    replicas,
    strategy: rolling ? "rolling" : "recreate",
    ports: { http: 3000 },
    service: { http: 80 },
    envFrom: [settings(stage, context), secrets],
    resources: { cpu: { request: size.cpu, limit: cpuLimit }, memory: size.memory },
    mounts: [
      agentConfigs(stage, context),
      { path: "/app/.next/cache", source: { scratch: "next-cache" } },
      { path: "/tmp", source: { scratch: "tmp" } },
      { path: home, source: { scratch: "home" } },
      ...mounts,
    ],
    probes,
    // Others take new requests meanwhile, and answers under way finish while the balancer drains.
    ...(rolling && { preStop: ["sleep", "30"] }),
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });

  reachable(stage, context, studio, { stateful });
}

function refuseBlindAutoscaler(
  { cluster, capabilities, parameters, report }: StudioContext,
  replicas: ReturnType<typeof replicasOf>,
): void {
  if (typeof replicas === "number" || capabilities.resourceMetrics) return;
  report(
    `size ${parameters.size} scales on CPU and memory, which ${cluster.name} does not measure`,
    'give the cluster the capability "resourceMetrics", or choose size "demo" or "small"',
  );
}
