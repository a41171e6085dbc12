import { defineAddon } from "#synth";
import { invalidGarden } from "./invalid.ts";

const zone = defineAddon({
  name: "zone",
  description: "Tells the world the garden's address",
  layer: "controllers",
  wanted: () => true,
  needs: ["dns"],
  namespace: { name: "zone" },
});

export default [
  invalidGarden(
    {
      title: "an add-on on a cluster without what it needs",
      what: "zone needs dns, which garden does not have",
      fix: 'give the cluster that capability in clusters/garden.ts, or narrow the add-on\'s "wanted"',
    },
    { addons: [zone] },
  ),
];
