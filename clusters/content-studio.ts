import { defineEksCluster } from "#synth";

/** All environments of Content Studio, each in a namespace of its own. */
export const contentStudio = defineEksCluster({
  name: "content-studio",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "777788889999",
  region: "us-west-2",
  aws: {
    zone: "content-studio.example.com",
    natGateways: "one-per-zone",
    buckets: [
      { name: "media-dev", expireDays: 30 },
      { name: "media-staging", expireDays: 90 },
      { name: "media-prod" },
    ],
  },
  nodeGroups: [{ name: "workers", instanceTypes: ["m6i.xlarge"], min: 3, max: 10, capacity: "on-demand" }],
  outputs: ["certificateArn"],
  capabilities: ({ certificateArn }) => ({
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
    },
    // One class for all environments, so production decides.
    blockStorage: { driver: "ebs", className: "gp3", reclaimPolicy: "Retain" },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    eventScaling: { provider: "keda" },
    tracing: { provider: "datadog", site: "datadoghq.com" },
    logs: { backend: "datadog", site: "datadoghq.com" },
    nodeScaling: { provider: "cluster-autoscaler" },
  }),
  placements: [],
});
