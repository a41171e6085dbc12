import { defineEksCluster, place } from "#synth";
import { prompt2mesh } from "../apps/prompt2mesh-app/app.ts";
import { instanceNodes } from "./node-groups/prompt2mesh.ts";
import { prompt2meshDashboard } from "../apps/prompt2mesh-app/dashboard.ts";
import { receivers, runbooks } from "./monitoring.ts";

export const prompt2meshProd = defineEksCluster({
  name: "prompt2mesh-prod",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "999999999999",
  region: "us-west-2",
  aws: { natGateways: "one-per-zone" },
  nodeGroups: [
    { name: "workers", instanceTypes: ["t3.xlarge"], min: 3, max: 20, capacity: "on-demand" },
    instanceNodes(20),
  ],
  outputs: ["certificateArn", "hostedZoneId"],
  capabilities: ({ certificateArn, hostedZoneId }) => ({
    // The certificate is for the zone's name and for every name below it, where users' instances are.
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
    },
    dns: { zone: "prompt2mesh.example.com", hostedZoneId },
    blockStorage: { driver: "ebs", className: "gp3", reclaimPolicy: "Retain" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    monitoring: {
      provider: "prometheus",
      retentionDays: 15,
      runbooks,
      dashboards: [prompt2meshDashboard],
      receivers: { ...receivers, pagerDuty: true },
    },
    logs: { backend: "cloudwatch" },
    progressiveDelivery: { provider: "argo-rollouts" },
    userInstances: { provider: "kro", nodeGroup: "instances" },
    nodeScaling: { provider: "cluster-autoscaler" },
  }),
  placements: [
    place(prompt2mesh, {
      environment: "prod",
      namespace: "prompt2mesh",
      parameters: {
        host: "prompt2mesh.example.com",
        size: "large",
        database: { kind: "in-cluster", size: "10Gi" },
        sharedBlender: { nodeGroup: "instances" },
        instances: {
          hostPrefix: "user-",
          domain: "prompt2mesh.example.com",
          maximum: 120,
          shards: 2,
          cpu: 64,
          memoryGiB: 240,
        },
        langSmith: true,
      },
      quota: { cpu: "30", memory: "40Gi", pods: 80, persistentVolumeClaims: 1, storage: "10Gi" },
    }),
  ],
});
