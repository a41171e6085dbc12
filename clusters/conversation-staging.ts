import { defineEksCluster, place } from "#synth";
import { conversationPlatform } from "../apps/conversation-platform/app.ts";
import { conversationDashboard } from "../apps/conversation-platform/dashboard.ts";
import { conversationMetrics } from "../apps/conversation-platform/metrics.ts";
import { conversationNodeGroups, conversationNodes } from "./node-groups/conversation.ts";
import { receivers, runbooks } from "./monitoring.ts";

export const conversationStaging = defineEksCluster({
  name: "conversation-staging",
  kubernetes: "1.35",
  reconciler: "flux",
  account: "222222222222",
  region: "us-west-2",
  aws: { zone: "conversation-staging.example.com", buckets: [{ name: "backups", expireDays: 7 }] },
  nodeGroups: conversationNodeGroups,
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
      retentionDays: 7,
      runbooks,
      receivers,
      dashboards: [conversationDashboard],
    },
    customMetrics: { provider: "prometheus-adapter", metrics: conversationMetrics },
    logs: { backend: "elasticsearch", host: "elasticsearch.conversation-staging.example.com" },
    certificates: { provider: "cert-manager" },
    progressiveDelivery: { provider: "argo-rollouts" },
    nodeScaling: { provider: "cluster-autoscaler" },
  }),
  placements: [
    place(conversationPlatform, {
      environment: "staging",
      namespace: "conversation",
      parameters: {
        host: "app.conversation-staging.example.com",
        size: "document",
        nodeGroups: conversationNodes,
        neo4j: { edition: "enterprise", licence: "commercial", readReplicas: 2 },
        redis: { shards: 3, copies: 1 },
        requestsPerMinute: 600,
      },
    }),
  ],
});
