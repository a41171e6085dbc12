import { defineApp, place } from "#synth";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { garden } from "./garden.ts";
import type { Invalid } from "./invalid.ts";

const orchard = defineApp<object>()({
  name: "orchard",
  description: "Grows where the ground is shared",
  images: {},
  needs: ["sharedStorage"],
  stages: ["main"],
  render: () => {},
});

const unfit: Invalid = {
  title: "an app on a cluster without what it needs",
  what: "orchard needs sharedStorage, which garden does not have",
  fix: "give the cluster that capability in clusters/garden.ts, or place the app elsewhere",
  found: () => {
    const { fleet, cluster, inputs } = garden({});
    // A list of placements that was not written in the cluster's definition: no type sees what it lacks.
    const placements = [...cluster.placements, place(orchard, { environment: "local", parameters: {} })];
    const releases = new Map([...inputs.releases, ["orchard/local", '{"images":{}}']]);
    const { problems, rendered } = synthesizeCluster(
      fleet,
      { ...cluster, placements },
      { ...inputs, releases },
    );
    return { problems, rendered };
  },
};

export default [unfit];
