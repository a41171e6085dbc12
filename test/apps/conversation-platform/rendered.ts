import { ApiObject } from "cdk8s";
import { place, Stage } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import { conversationPlatform } from "../../../apps/conversation-platform/app.ts";
import { conversationMetrics } from "../../../apps/conversation-platform/metrics.ts";
import type { Parameters } from "../../../apps/conversation-platform/parameters.ts";
import { conversationNodeGroups, conversationNodes } from "../../../clusters/node-groups/conversation.ts";
import { plain } from "../../../synth/objects/plain.ts";
import type { Json } from "../../../synth/objects/kubernetes-object.ts";

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
export function rendered(values: Partial<Parameters> = {}) {
  const reports: string[] = [];
  const namespace = "conversation";
  const report = (what: string): void => void reports.push(what);
  const context = { cluster, capabilities, namespace, report };
  const bound = place(conversationPlatform, {
    environment: "prod",
    namespace,
    parameters: { ...parameters, ...values },
  }).bind({
    ...context,
    environment: "prod",
    images: {
      websocket: "registry/websocket:1",
      navigator: "registry/navigator:1",
      calls: "registry/calls:1",
    },
  });
  if (bound === undefined) throw new Error("the cluster lacks a capability");
  const stageContext = {
    ...context,
    labels: { "app.kubernetes.io/instance": "conversation-platform-prod" },
    identity: () => ({}),
    secretPath: "conversation-platform/prod",
    trace: false,
  };
  const stages = {
    data: new Stage("data", stageContext),
    join: new Stage("join", stageContext),
    serve: new Stage("serve", stageContext),
  };
  bound.render(stages);
  return { reports, objects: objectsOf(stages) };
}

function objectsOf(stages: Readonly<Record<string, Stage>>) {
  return Object.entries(stages).flatMap(([stage, tree]) =>
    tree.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => ({ stage, kind: object.kind, name: object.name, content: plain(object.toJson()) })),
  );
}

export type Rendered = ReturnType<typeof rendered>;

/** One object by kind and name; Jobs end in a digest. */
export function one({ objects }: Rendered, kind: string, name: string): Json {
  const found = objects.filter(
    (object) =>
      object.kind === kind &&
      (object.name === name || (kind === "Job" && object.name.startsWith(`${name}-`))),
  );
  const [object] = found;
  if (object === undefined || found.length > 1)
    throw new Error(`${found.length} objects are ${kind} ${name}`);
  return object.content;
}
