import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { clusterPath, distRoot } from "../../synth/model/paths.ts";
import type { Reconciler } from "../../synth/model/names.ts";
import { reconcilers } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

/** A cluster as it is verified: with one reconciler, and the files that this one follows. */
export interface Subject {
  readonly cluster: Cluster;
  readonly files: ReadonlyMap<string, string>;
}

export const reconcilerChoices = [...reconcilers, "both"] as const;
export type ReconcilerChoice = (typeof reconcilerChoices)[number];

interface Chosen {
  readonly fleet: Fleet;
  readonly clusters: readonly Cluster[];
  readonly inputs: Inputs;
  /** Files of dist as they stand. */
  readonly dist: ReadonlyMap<string, string>;
  /** For clusters on somebody's machine. Default: the one that each declares. */
  readonly reconciler?: ReconcilerChoice | undefined;
}

/**
 * What there is to verify. Dist is taken as it stands; what another reconciler would get is rendered in memory.
 *
 * @throws ProblemsError if another reconciler is asked for where only its own makes sense, or dist lacks a cluster
 */
export function subjects({ fleet, clusters, inputs, dist, reconciler }: Chosen): readonly Subject[] {
  const missing = clusters.filter(
    ({ name }) => ![...dist.keys()].some((path) => path.startsWith(`${name}/`)),
  );
  const unfit =
    reconciler === undefined || reconciler === "both"
      ? []
      : clusters.filter((each) => each.provider === "eks" && each.reconciler !== reconciler);
  if (missing.length + unfit.length > 0) {
    throw new ProblemsError([
      ...missing.map(({ name }) => ({
        rule: "usage",
        at: { definition: clusterPath(name), cluster: name },
        what: `${distRoot} has no ${name} to verify`,
        fix: "npm run synth renders it",
      })),
      ...unfit.map(({ name, reconciler: own }) => ({
        rule: "usage",
        at: { definition: clusterPath(name), cluster: name },
        what: `${name} is reconciled by ${own}, and is verified with that only`,
        fix: "leave --reconciler out, or name a local cluster with --cluster",
      })),
    ]);
  }
  return clusters.flatMap((cluster) =>
    reconcilersFor(cluster, reconciler).map((each): Subject => {
      if (each === cluster.reconciler) return { cluster, files: dist };
      const other = { ...cluster, reconciler: each };
      return { cluster: other, files: rendered(fleet, other, inputs) };
    }),
  );
}

function reconcilersFor(cluster: Cluster, choice: ReconcilerChoice | undefined): readonly Reconciler[] {
  if (choice === undefined || cluster.provider === "eks") return [cluster.reconciler];
  return choice === "both" ? reconcilers : [choice];
}

function rendered(fleet: Fleet, cluster: Cluster, inputs: Inputs): ReadonlyMap<string, string> {
  const { files, problems } = synthesizeCluster(fleet, cluster, inputs);
  if (problems.length > 0) throw new ProblemsError(problems);
  return new Map(files.map(({ path, content }) => [path, content]));
}
