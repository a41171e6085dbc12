import { defineEksCluster, place } from "#synth";
import { voiceAgentStudio } from "../apps/voice-agent-studio/app.ts";

export const voiceAgentProd = defineEksCluster({
  name: "voice-agent-prod",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "444455556666",
  region: "us-east-1",
  aws: { zone: "example.com", natGateways: "one-per-zone" },
  // Four CPUs: a pod of size medium asks for two, so a node carries one and its share of the platform.
  nodeGroups: [{ name: "workers", instanceTypes: ["m6i.xlarge"], min: 3, max: 6, capacity: "on-demand" }],
  outputs: ["certificateArn", "webAclArn", "fileSystemId"],
  capabilities: ({ certificateArn, webAclArn, fileSystemId }) => ({
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
      webAclArn,
    },
    blockStorage: { driver: "ebs", className: "gp3", reclaimPolicy: "Retain" },
    sharedStorage: { driver: "efs", className: "efs-sc", fileSystemId },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    nodeScaling: { provider: "cluster-autoscaler" },
    containerInsights: { provider: "cloudwatch" },
    logs: { backend: "cloudwatch" },
  }),
  placements: [
    place(voiceAgentStudio, {
      environment: "prod",
      parameters: {
        host: "voice-agent.example.com",
        size: "medium",
        storage: { kind: "shared", size: "1Gi" },
      },
      quota: { cpu: "10", memory: "20Gi", pods: 10, persistentVolumeClaims: 2, storage: "5Gi" },
    }),
  ],
});
