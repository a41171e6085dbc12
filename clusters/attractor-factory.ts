import { defineEksCluster, place } from "#synth";
import { attractorFactory as app } from "../apps/attractor-factory/app.ts";

export const attractorFactory = defineEksCluster({
  name: "attractor-factory",
  eksName: "attractor-factory-eks",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "582719176192",
  region: "us-west-2",
  profile: "ai-sandbox-administrator",
  aws: { zone: "pelx.ai" },
  nodeGroups: [{ name: "workers", instanceTypes: ["m6i.xlarge"], min: 2, max: 6, capacity: "on-demand" }],
  outputs: ["certificateArn"],
  capabilities: ({ certificateArn }) => ({
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
    },
    blockStorage: { driver: "ebs", className: "gp3", reclaimPolicy: "Retain" },
    volumeSnapshots: { className: "ebs" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    nodeScaling: { provider: "cluster-autoscaler" },
    // Who is on call sees failed jobs, full volumes and logs of pods that are gone.
    containerInsights: { provider: "cloudwatch" },
    logs: { backend: "cloudwatch" },
  }),
  placements: [
    place(app, {
      environment: "prod",
      namespace: "factory-system",
      parameters: {
        hostname: "factory.pelx.ai",
        size: "large",
        runners: { size: "medium", concurrency: 8, timeLimitMinutes: 120 },
        backups: { schedule: "0 9 * * *", retentionDays: 30 },
      },
      quota: { cpu: "12", memory: "30Gi", pods: 50, persistentVolumeClaims: 5, storage: "500Gi" },
    }),
  ],
});
