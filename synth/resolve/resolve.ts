import type { Cluster } from "../model/cluster.ts";
import type { ClusterView } from "../model/cluster-view.ts";
import type { Capabilities } from "../model/capability.ts";
import type { Fleet } from "../model/fleet.ts";
import type { Problem } from "../model/problem.ts";
import { addonSlices } from "./addon-slices.ts";
import { distinctOwners } from "./distinct-owners.ts";
import { dependencyGraph } from "./graph.ts";
import type { Graph } from "./graph.ts";
import { checkRoles } from "./identities.ts";
import type { Inputs } from "./inputs.ts";
import { displacedOwners, namespaceSlice } from "./namespace-slice.ts";
import { placementSlices } from "./placement-slices.ts";
import { scopeOf } from "./scope.ts";
import type { Slice } from "./slice.ts";

/** A cluster with its facts, its capabilities and everything that will run on it, in order. */
export interface ResolvedCluster extends Graph {
  readonly view: ClusterView;
  readonly capabilities: Partial<Capabilities>;
  readonly definition: string;
  readonly repository: Fleet["repository"];
}

/** Joins a cluster's definition with its facts and releases. Undefined where the facts do not allow going on. */
export function resolveCluster(
  fleet: Fleet,
  cluster: Cluster,
  inputs: Inputs,
): { readonly resolved: ResolvedCluster | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const scope = scopeOf(cluster, inputs, problems);
  if (scope === undefined) return { resolved: undefined, problems };
  const addons = addonSlices(scope, fleet, inputs);
  const placements = placementSlices(scope, inputs, addons);
  const claims = [...addons.namespaces, ...placements.namespaces];
  const namespaces = namespaceSlice(scope, claims);
  const displaced = displacedOwners(claims);
  const first = namespaces === undefined ? [] : [namespaces];
  const housed = placements.slices.filter(({ owner }) => !displaced.has(owner));
  const slices: Slice[] = [...addons.slices, ...housed].map((slice) => ({
    ...slice,
    dependsOn: [...new Set([...first.map(({ owner }) => owner), ...slice.dependsOn])].toSorted(),
  }));
  const graph = dependencyGraph(cluster.name, distinctOwners(scope, [...first, ...slices]));
  checkRoles(scope, slices);
  problems.push(...graph.problems);
  return {
    resolved: {
      view: scope.view,
      capabilities: scope.capabilities,
      definition: scope.definition,
      repository: fleet.repository,
      order: graph.order,
      depth: graph.depth,
    },
    problems,
  };
}
