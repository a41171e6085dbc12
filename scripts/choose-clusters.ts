import { fleetPath } from "../synth/model/paths.ts";
import type { Cluster } from "../synth/model/cluster.ts";
import type { Fleet } from "../synth/model/fleet.ts";
import { didYouMean } from "../synth/model/did-you-mean.ts";
import { ProblemsError } from "../synth/model/problem.ts";

/** The clusters of these names, in the fleet's order; all of them without names. */
export function chooseClusters(fleet: Fleet, names: readonly string[] | undefined): readonly Cluster[] {
  if (names === undefined) return fleet.clusters;
  const known = fleet.clusters.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new ProblemsError(
      unknown.map((name) => ({
        rule: "usage",
        at: { definition: fleetPath },
        what: `there is no cluster ${name}`,
        fix: didYouMean(name, known, `name one of: ${known.join(", ")}`),
      })),
    );
  }
  return fleet.clusters.filter(({ name }) => names.includes(name));
}
