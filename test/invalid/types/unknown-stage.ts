import { config, defineApp } from "#synth";

export const shop = defineApp<object>()({
  name: "shop",
  description: "Sells plants",
  images: {},
  needs: [],
  stages: ["data", "serve"],
  // error: TS2339
  render: ({ migrate }) => {
    config(migrate, "settings", {});
  },
});
