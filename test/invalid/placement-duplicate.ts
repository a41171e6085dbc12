import { synthesizeCluster } from "../../synth/synthesize.ts";
import { garden } from "./garden.ts";
import type { Invalid } from "./invalid.ts";

export default [
  {
    title: "an app that is placed twice in one environment",
    what: "clusters/garden.ts places shop in dev twice",
    fix: "keep one of them, or give the other another environment",
    object: "shop-dev",
    found: () => {
      const { fleet, cluster, inputs } = garden({});
      const placements = cluster.placements.flatMap((placement) => [
        placement,
        { ...placement, namespace: { name: "shop-too" } },
      ]);
      const { problems, rendered } = synthesizeCluster(fleet, { ...cluster, placements }, inputs);
      return { problems, rendered };
    },
  },
] satisfies readonly Invalid[];
