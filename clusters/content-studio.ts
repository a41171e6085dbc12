import { defineEksCluster, place } from "#synth";
import { contentStudio as app } from "../apps/content-studio/app.ts";

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
  placements: [
    place(app, {
      environment: "dev",
      namespace: "content-studio-dev",
      parameters: {
        host: "dev.content-studio.example.com",
        size: "small",
        events: "redis",
        storage: { provider: "s3", bucket: "media-dev" },
        database: { kind: "managed" },
        ai: "gemini",
      },
      quota: { cpu: "4", memory: "8Gi", pods: 16, persistentVolumeClaims: 0 },
    }),
    place(app, {
      environment: "staging",
      namespace: "content-studio-staging",
      parameters: {
        host: "staging.content-studio.example.com",
        size: "medium",
        events: "redis",
        storage: { provider: "s3", bucket: "media-staging" },
        database: { kind: "managed" },
        ai: "gemini",
      },
      quota: { cpu: "6", memory: "12Gi", pods: 24, persistentVolumeClaims: 0 },
    }),
    place(app, {
      environment: "prod",
      parameters: {
        host: "content-studio.example.com",
        size: "large",
        events: "redis",
        storage: { provider: "s3", bucket: "media-prod" },
        database: { kind: "managed" },
        ai: "gemini",
      },
      quota: { cpu: "22", memory: "44Gi", pods: 48, persistentVolumeClaims: 0 },
    }),
  ],
});
