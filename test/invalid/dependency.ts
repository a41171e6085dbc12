import { dependencyGraph } from "../../synth/resolve/graph.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { addon, garden } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";
import type { Invalid } from "./invalid.ts";

export default [
  {
    title: "a dependency on what the cluster does not run",
    what: "pond depends on wel, which garden does not run",
    fix: "did you mean well? Otherwise add it to the cluster, or drop the dependency",
    found: () => {
      const { fleet, cluster, inputs } = garden({ addons: [addon("pond"), addon("well")] });
      const order = resolveCluster(fleet, cluster, inputs).resolved?.order ?? [];
      const misspelt = order.map((slice) =>
        slice.owner === "pond" ? { ...slice, dependsOn: ["wel"] } : slice,
      );
      return { problems: dependencyGraph(cluster.name, misspelt).problems };
    },
  },
  invalidGarden(
    {
      title: "an add-on that comes after one that no catalog has",
      what: "pond comes after wel, and no add-on is called so",
      fix: "did you mean well? Otherwise add it to the catalog, or drop it from after",
    },
    { addons: [addon("pond", { after: ["wel"] }), addon("well")] },
  ),
] satisfies readonly Invalid[];
