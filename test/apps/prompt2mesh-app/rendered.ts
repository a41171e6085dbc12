import { place } from "#synth";
import type { Capabilities, ClusterView } from "#synth";
import { prompt2mesh } from "../../../apps/prompt2mesh-app/app.ts";
import type { Parameters } from "../../../apps/prompt2mesh-app/parameters.ts";
import { placed } from "../placed.ts";
import type { Placed } from "../placed.ts";

export const parameters: Parameters = {
  host: "mesh.example.com",
  size: "large",
  database: { kind: "in-cluster", size: "10Gi" },
  sharedBlender: { nodeGroup: "instances" },
  langSmith: true,
  instances: { hostPrefix: "user-", domain: "example.com", maximum: 120, shards: 2, cpu: 64, memoryGiB: 240 },
};

/** What production on AWS can do. */
export const aws: Partial<Capabilities> = {
  ingress: {
    controller: "alb",
    scheme: "internet-facing",
    certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/one",
  },
  blockStorage: { driver: "ebs", className: "gp3" },
  secretStore: { backend: "secrets-manager" },
  resourceMetrics: { provider: "metrics-server" },
  progressiveDelivery: { provider: "argo-rollouts" },
  userInstances: { provider: "kro", nodeGroup: "instances" },
};

/** What a developer's machine can do. */
export const local: Partial<Capabilities> = {
  ingress: { controller: "traefik" },
  blockStorage: { driver: "local-path", className: "standard" },
  secretStore: { backend: "generated" },
};

const taint = { key: "slipway.dev/node-group", value: "instances", effect: "NoSchedule" } as const;

const cluster: ClusterView = {
  name: "test",
  provider: "kind",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [
    { name: "workers", instanceTypes: ["t3.xlarge"], min: 3, max: 20, capacity: "on-demand" },
    { name: "instances", instanceTypes: ["t3.xlarge"], min: 0, max: 20, capacity: "spot", taints: [taint] },
  ],
  network: { cidr: "10.42.0.0/16", publicSubnets: ["10.42.0.0/20"], privateSubnets: ["10.42.64.0/18"] },
};

/** The app as a cluster with these capabilities would get it. */
export function rendered(
  capabilities = aws,
  values: Partial<Parameters> = {},
  tag = "1",
  isShared = false,
): Placed {
  const { instances, ...shared } = parameters;
  const placement = place(prompt2mesh, {
    environment: "prod",
    namespace: "prompt2mesh",
    // Shared: without instances of users' own.
    parameters: { ...shared, ...(!isShared && instances && { instances }), ...values },
  });
  return placed(placement, { cluster, capabilities, tag });
}
