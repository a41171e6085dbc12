import { defineLocalCluster, place } from "#synth";
import type { Reconciler } from "#synth";
import { attractorFactory } from "../apps/attractor-factory/app.ts";
import { contentStudio } from "../apps/content-studio/app.ts";
import { prompt2mesh } from "../apps/prompt2mesh-app/app.ts";
import { voiceAgentStudio } from "../apps/voice-agent-studio/app.ts";

/** "flux" to try the other one; `npm run synth` then renders this cluster for it. */
const reconciler: Reconciler = "argocd";

/** On kind, on one machine: all systems but the conversation platform, which needs a Prometheus. */
export const local = defineLocalCluster({
  name: "local",
  provider: "kind",
  kubernetes: "1.35",
  reconciler,
  nodeGroups: [{ name: "local", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  capabilities: {
    ingress: { controller: "traefik" },
    // What kind brings.
    blockStorage: { driver: "local-path", className: "standard" },
    secretStore: { backend: "generated" },
    resourceMetrics: { provider: "metrics-server" },
  },
  placements: [
    place(voiceAgentStudio, {
      environment: "local",
      parameters: {
        host: "voice-agent.localhost",
        size: "demo",
        storage: { kind: "block", size: "1Gi" },
        // Generated like every secret here: the pages work, a model does not answer.
        authentication: { mode: "api-key" },
      },
    }),
    place(attractorFactory, {
      environment: "local",
      namespace: "factory-system",
      parameters: {
        hostname: "factory.localhost",
        size: "small",
        runners: { size: "small", concurrency: 2, timeLimitMinutes: 30 },
        backups: { schedule: "0 9 * * *", retentionDays: 1 },
      },
    }),
    place(contentStudio, {
      environment: "local",
      parameters: {
        host: "content-studio.localhost",
        size: "demo",
        events: "memory",
        storage: { provider: "database" },
        database: { kind: "in-cluster", size: "1Gi" },
        ai: "mock",
      },
    }),
    place(prompt2mesh, {
      environment: "local",
      namespace: "prompt2mesh",
      parameters: {
        host: "prompt2mesh.localhost",
        size: "small",
        database: { kind: "in-cluster", size: "10Gi" },
        sharedBlender: {},
      },
    }),
  ],
});
