import type { Cluster } from "../synth/model/cluster.ts";
import type { Fleet } from "../synth/model/fleet.ts";
import { nearest } from "../synth/model/nearest.ts";
import { ProblemsError } from "../synth/model/problem.ts";

/** The clusters of these names, in the fleet's order; all of them without names. */
export function chooseClusters(fleet: Fleet, names: readonly string[] | undefined): readonly Cluster[] {
  if (names === undefined) return fleet.clusters;
  const known = fleet.clusters.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ProblemsError(
      unknown.map((name) => {
        const suggestion = nearest(name, known);
        return {
          rule: "usage",
          at: { definition: "clusters/fleet.ts" },
          what: `there is no cluster ${name}`,
          fix: suggestion === undefined ? `name one of: ${known.join(", ")}` : `did you mean ${suggestion}?`,
        };
      }),
    );
  }
  return fleet.clusters.filter(({ name }) => names.includes(name));
}
