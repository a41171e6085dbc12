import { defineEksCluster, place } from "#synth";
import { conversationPlatform } from "../apps/conversation-platform/app.ts";
import { conversationDashboard } from "../apps/conversation-platform/dashboard.ts";
import { conversationMetrics } from "../apps/conversation-platform/metrics.ts";
import { receivers, runbooks } from "./monitoring.ts";

export const conversationDev = defineEksCluster({
  name: "conversation-dev",
  kubernetes: "1.35",
  reconciler: "flux",
  account: "123456789012",
  region: "us-west-2",
  aws: { zone: "conversation-dev.example.com" },
  // The one node of a single-node cluster: nothing scales it.
  nodeGroups: [
    {
      name: "workers",
      instanceTypes: ["c5.4xlarge"],
      min: 1,
      max: 1,
      capacity: "on-demand",
      zones: ["us-west-2a"],
    },
  ],
  outputs: ["certificateArn", "webAclArn"],
  capabilities: ({ certificateArn, webAclArn }) => ({
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
      webAclArn,
    },
    blockStorage: { driver: "ebs", className: "gp3" },
    volumeSnapshots: { className: "ebs" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    monitoring: {
      provider: "prometheus",
      retentionDays: 3,
      runbooks,
      receivers,
      dashboards: [conversationDashboard],
    },
    customMetrics: { provider: "prometheus-adapter", metrics: conversationMetrics },
    logs: { backend: "elasticsearch", host: "elasticsearch.conversation-dev.example.com" },
    certificates: { provider: "cert-manager" },
    progressiveDelivery: { provider: "argo-rollouts" },
  }),
  placements: [
    place(conversationPlatform, {
      environment: "dev",
      namespace: "conversation",
      parameters: {
        host: "app.conversation-dev.example.com",
        size: "singleNode",
        neo4j: { edition: "community" },
        redis: { shards: 1, copies: 0 },
        requestsPerMinute: 600,
      },
    }),
  ],
});
