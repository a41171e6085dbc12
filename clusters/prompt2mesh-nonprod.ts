import { defineEksCluster, place } from "#synth";
import { prompt2mesh } from "../apps/prompt2mesh-app/app.ts";
import { instanceNodes } from "./node-groups/prompt2mesh.ts";
import { prompt2meshDashboard } from "../apps/prompt2mesh-app/dashboard.ts";
import { receivers, runbooks } from "./monitoring.ts";

export const prompt2meshNonprod = defineEksCluster({
  name: "prompt2mesh-nonprod",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "111111111111",
  region: "us-west-2",
  nodeGroups: [
    { name: "workers", instanceTypes: ["t3.xlarge"], min: 2, max: 6, capacity: "on-demand" },
    instanceNodes(6),
  ],
  outputs: ["certificateArn", "hostedZoneId"],
  capabilities: ({ certificateArn, hostedZoneId }) => ({
    // The certificate is for the zone's name and for every name below it, where users' instances are.
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
    },
    dns: { zone: "nonprod.prompt2mesh.example.com", hostedZoneId },
    blockStorage: { driver: "ebs", className: "gp3" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    monitoring: {
      provider: "prometheus",
      retentionDays: 7,
      runbooks,
      dashboards: [prompt2meshDashboard],
      receivers,
    },
    logs: { backend: "cloudwatch" },
    progressiveDelivery: { provider: "argo-rollouts" },
    userInstances: { provider: "kro", nodeGroup: "instances" },
    nodeScaling: { provider: "cluster-autoscaler" },
  }),
  placements: [
    place(prompt2mesh, {
      environment: "dev",
      namespace: "prompt2mesh-dev",
      parameters: {
        host: "dev.nonprod.prompt2mesh.example.com",
        size: "small",
        database: { kind: "in-cluster", size: "10Gi" },
        sharedBlender: { nodeGroup: "instances" },
        instances: {
          hostPrefix: "dev-user-",
          domain: "nonprod.prompt2mesh.example.com",
          maximum: 5,
          shards: 1,
          cpu: 6,
          memoryGiB: 14,
        },
        langSmith: true,
      },
      quota: { cpu: "3", memory: "8Gi", pods: 20, persistentVolumeClaims: 1, storage: "10Gi" },
    }),
    place(prompt2mesh, {
      environment: "staging",
      namespace: "prompt2mesh-staging",
      parameters: {
        host: "staging.nonprod.prompt2mesh.example.com",
        size: "standard",
        database: { kind: "in-cluster", size: "10Gi" },
        sharedBlender: { nodeGroup: "instances" },
        instances: {
          hostPrefix: "staging-user-",
          domain: "nonprod.prompt2mesh.example.com",
          maximum: 10,
          shards: 1,
          cpu: 12,
          memoryGiB: 30,
        },
        langSmith: true,
      },
      quota: { cpu: "8", memory: "12Gi", pods: 30, persistentVolumeClaims: 1, storage: "10Gi" },
    }),
  ],
});
