import { synthesizeCluster } from "../../synth/synthesize.ts";
import { addon, garden } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";
import type { Invalid } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a namespace with two Pod Security levels",
      what: "namespace water of pond and well is both restricted and privileged",
      fix: "let them agree, or give one of them a namespace of its own",
      object: "Namespace/water",
    },
    {
      addons: [
        addon("pond", { namespace: { name: "water" } }),
        addon("well", { namespace: { name: "water", podSecurity: "privileged", because: "it digs" } }),
      ],
    },
  ),
  invalidGarden(
    {
      title: "a namespace that an app shares with an add-on",
      what: "namespace shop is claimed by till and shop-dev",
      fix: "give each app, in each of its environments, a namespace of its own: namespace in place(…)",
      object: "Namespace/shop",
    },
    { namespace: "shop", addons: [addon("till", { namespace: { name: "shop" } })] },
  ),
  {
    title: "a namespace of dev that staging would have, too, once it is released",
    what: "namespace shop-dev is claimed by shop-dev and shop-staging",
    fix: "give each app, in each of its environments, a namespace of its own: namespace in place(…)",
    object: "Namespace/shop-dev",
    found: () => {
      const { fleet, cluster, inputs } = garden({});
      const placements = cluster.placements.flatMap((placement) => [
        placement,
        { ...placement, environment: "staging" as const },
      ]);
      const { problems, rendered } = synthesizeCluster(fleet, { ...cluster, placements }, inputs);
      return { problems, rendered };
    },
  },
  {
    title: "a namespace in which two environments of an app are rendered",
    what: "namespace shop-dev is claimed by shop-dev and shop-local",
    fix: "give each app, in each of its environments, a namespace of its own: namespace in place(…)",
    found: () => {
      const { fleet, cluster, inputs } = garden({});
      const placements = cluster.placements.flatMap((placement) => [
        placement,
        { ...placement, environment: "local" as const },
      ]);
      const releases = new Map(
        [...inputs.releases].flatMap(([of, text]) => [
          [of, text],
          [of.replace("/dev", "/local"), text],
        ]),
      );
      return synthesizeCluster(fleet, { ...cluster, placements }, { ...inputs, releases });
    },
  },
] satisfies readonly Invalid[];
