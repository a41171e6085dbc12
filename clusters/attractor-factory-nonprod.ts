import { defineEksCluster, place } from "#synth";
import { attractorFactory } from "../apps/attractor-factory/app.ts";

export const attractorFactoryNonprod = defineEksCluster({
  name: "attractor-factory-nonprod",
  eksName: "attractor-factory-nonprod-eks",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "582719176192",
  region: "us-west-2",
  profile: "ai-sandbox-administrator",
  aws: { zone: "pelx.ai" },
  nodeGroups: [{ name: "workers", instanceTypes: ["t3.xlarge"], min: 2, max: 4, capacity: "on-demand" }],
  outputs: ["certificateArn"],
  capabilities: ({ certificateArn }) => ({
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
    },
    blockStorage: { driver: "ebs", className: "gp3" },
    volumeSnapshots: { className: "ebs" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    nodeScaling: { provider: "cluster-autoscaler" },
    // Who is on call sees failed jobs, full volumes and logs of pods that are gone.
    containerInsights: { provider: "cloudwatch" },
    logs: { backend: "cloudwatch" },
  }),
  placements: [
    place(attractorFactory, {
      environment: "dev",
      namespace: "factory-system-dev",
      parameters: {
        hostname: "factory-dev.pelx.ai",
        size: "small",
        runners: { size: "small", concurrency: 2, timeLimitMinutes: 30 },
        backups: { schedule: "0 9 * * *", retentionDays: 3 },
      },
      quota: { cpu: "2", memory: "6Gi", pods: 20, persistentVolumeClaims: 5, storage: "80Gi" },
    }),
    place(attractorFactory, {
      environment: "staging",
      namespace: "factory-system-staging",
      parameters: {
        hostname: "factory-staging.pelx.ai",
        size: "standard",
        runners: { size: "medium", concurrency: 3, timeLimitMinutes: 60 },
        backups: { schedule: "0 9 * * *", retentionDays: 7 },
      },
      quota: { cpu: "4", memory: "12Gi", pods: 30, persistentVolumeClaims: 5, storage: "150Gi" },
    }),
  ],
});
