import { defineEksCluster } from "#synth";

export const cluster = defineEksCluster({
  name: "garden",
  kubernetes: "1.35",
  reconciler: "argocd",
  account: "123456789012",
  region: "us-west-2",
  // error: TS2820
  aws: { interfaceEndpoints: ["ecr.dkr", "ecr.apy"] },
  nodeGroups: [{ name: "workers", instanceTypes: ["m7i.large"], min: 2, max: 4, capacity: "on-demand" }],
  outputs: [],
  capabilities: () => ({}),
  placements: [],
});
