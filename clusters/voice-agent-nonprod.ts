import { defineEksCluster, place } from "#synth";
import { voiceAgentStudio } from "../apps/voice-agent-studio/app.ts";

export const voiceAgentNonprod = defineEksCluster({
  name: "voice-agent-nonprod",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "111122223333",
  region: "us-east-1",
  aws: { zone: "example.com" },
  // Four CPUs: a pod of the size that staging rehearses asks for two.
  nodeGroups: [{ name: "workers", instanceTypes: ["t3.xlarge"], min: 2, max: 5, capacity: "on-demand" }],
  outputs: ["certificateArn", "webAclArn", "fileSystemId"],
  capabilities: ({ certificateArn, webAclArn, fileSystemId }) => ({
    ingress: {
      controller: "alb",
      scheme: "internet-facing",
      certificateArn,
      webAclArn,
    },
    blockStorage: { driver: "ebs", className: "gp3" },
    sharedStorage: { driver: "efs", className: "efs-sc", fileSystemId },
    secretStore: { backend: "secrets-manager" },
    resourceMetrics: { provider: "metrics-server" },
    nodeScaling: { provider: "cluster-autoscaler" },
    containerInsights: { provider: "cloudwatch" },
    logs: { backend: "cloudwatch" },
  }),
  placements: [
    place(voiceAgentStudio, {
      environment: "dev",
      namespace: "voice-agent-studio-dev",
      parameters: {
        host: "voice-agent-dev.example.com",
        size: "demo",
        storage: { kind: "block", size: "1Gi" },
      },
      quota: { cpu: "2", memory: "4Gi", pods: 5, persistentVolumeClaims: 2, storage: "5Gi" },
    }),
    place(voiceAgentStudio, {
      environment: "staging",
      namespace: "voice-agent-studio-staging",
      parameters: {
        host: "voice-agent-staging.example.com",
        size: "medium",
        storage: { kind: "shared", size: "1Gi" },
      },
      quota: { cpu: "10", memory: "20Gi", pods: 10, persistentVolumeClaims: 2, storage: "5Gi" },
    }),
  ],
});
