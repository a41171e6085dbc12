import { defineApp } from "#synth";

export const shop = defineApp<object>()({
  name: "shop",
  description: "Sells plants",
  images: {},
  needs: ["ingress"],
  stages: ["serve"],
  render: (_stages, { capabilities }) => {
    // error: TS18048
    capabilities.blockStorage.className.toUpperCase();
  },
});
