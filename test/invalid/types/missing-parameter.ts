import { defineApp, place } from "#synth";

interface Parameters {
  readonly host: string;
  readonly replicas: number;
}

const shop = defineApp<Parameters>()({
  name: "shop",
  description: "Sells plants",
  images: {},
  needs: [],
  stages: ["serve"],
  render: () => {},
});

// error: TS2741
export const placed = place(shop, { environment: "dev", parameters: { host: "shop.example.com" } });
