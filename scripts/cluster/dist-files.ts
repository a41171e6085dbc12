import { createHash } from "node:crypto";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { clusterPath, distRoot } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

/**
 * The files that a cluster follows, by path from the root of dist: those of dist as they stand, or rendered in memory
 * for another reconciler than the one that its definition names.
 *
 * @throws ProblemsError if dist has none, or rendering them fails
 */
export function filesFor(
  fleet: Fleet,
  cluster: Cluster,
  inputs: Inputs,
  dist: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const defined = fleet.clusters.find(({ name }) => name === cluster.name);
  if (defined?.reconciler !== cluster.reconciler) {
    const { files, problems } = synthesizeCluster(fleet, cluster, inputs);
    if (problems.length > 0) throw new ProblemsError(problems);
    return new Map(files.map(({ path, content }) => [path, content]));
  }
  const own = new Map([...dist].filter(([path]) => path.startsWith(`${cluster.name}/`)));
  if (own.size > 0) return own;
  throw new ProblemsError([
    {
      rule: "usage",
      at: { definition: clusterPath(cluster.name), cluster: cluster.name },
      what: `${distRoot} has no ${cluster.name}`,
      fix: "npm run synth renders it",
    },
  ]);
}

/** The same for the same files, in whatever order. */
export function digestOfFiles(files: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256");
  for (const path of [...files.keys()].toSorted()) hash.update(`${path}\0${files.get(path) ?? ""}\0`);
  return hash.digest("hex");
}
