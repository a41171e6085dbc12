import { place } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import { conversationPlatform } from "../../../apps/conversation-platform/app.ts";
import { conversationMetrics } from "../../../apps/conversation-platform/metrics.ts";
import type { Parameters } from "../../../apps/conversation-platform/parameters.ts";
import { conversationNodeGroups, conversationNodes } from "../../../clusters/node-groups/conversation.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";
import { one as oneOf, placed } from "../placed.ts";
import type { Placed } from "../placed.ts";

/** What production decides. */
export const parameters: Parameters = {
  host: "app.example.com",
  size: "document",
  nodeGroups: conversationNodes,
  neo4j: { edition: "enterprise", licence: "commercial", readReplicas: 2 },
  redis: { shards: 3, copies: 1 },
  requestsPerMinute: 600,
};

const capabilities: Partial<Capabilities> = {
  ingress: {
    controller: "alb",
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/one",
    webAclArn: "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/one/two",
  },
  blockStorage: { driver: "ebs", className: "gp3" },
  secretStore: { backend: "secrets-manager" },
  resourceMetrics: { provider: "metrics-server" },
  monitoring: { provider: "prometheus", retentionDays: 15 },
  customMetrics: { provider: "prometheus-adapter", metrics: conversationMetrics },
};

const cluster: ClusterView = {
  name: "test",
  provider: "kind",
  kubernetes: "1.35",
  reconciler: "flux",
  nodeGroups: conversationNodeGroups,
  network: { cidr: "10.42.0.0/16", publicSubnets: ["10.42.0.0/20"], privateSubnets: ["10.42.64.0/18"] },
};

/** The app as a cluster would get it, with these parameters beside production's. */
export function rendered(values: Partial<Parameters> = {}): Placed {
  const placement = place(conversationPlatform, {
    environment: "prod",
    namespace: "conversation",
    parameters: { ...parameters, ...values },
  });
  return placed(placement, { cluster, capabilities });
}

/** One object by kind and name. */
export function one(all: Placed, kind: string, name: string): Json {
  return oneOf(all, kind, name).content;
}
