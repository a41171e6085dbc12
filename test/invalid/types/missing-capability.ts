import { defineApp, defineLocalCluster, place } from "#synth";

const shop = defineApp<object>()({
  name: "shop",
  description: "Sells plants",
  images: {},
  needs: ["sharedStorage"],
  stages: ["serve"],
  render: () => {},
});

export const cluster = defineLocalCluster({
  name: "garden",
  provider: "kind",
  kubernetes: "1.35",
  reconciler: "argocd",
  nodeGroups: [{ name: "local", instanceTypes: ["local"], min: 1, max: 1, capacity: "on-demand" }],
  capabilities: { blockStorage: { driver: "local-path", className: "standard" } },
  // error: TS2322
  placements: [place(shop, { environment: "local", parameters: {} })],
});
