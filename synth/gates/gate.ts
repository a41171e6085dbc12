import type { Changes } from "../changes/changes.ts";
import type { ClusterNodes } from "../changes/cost.ts";
import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import type { Problem } from "../model/problem.ts";
import { objectName } from "../objects/kubernetes-object.ts";

/** Everything a gate may look at: two revisions of dist, and what is known of the clusters beside it. */
export interface GateInput {
  readonly base: DistTree;
  readonly head: DistTree;
  readonly changes: Changes;
  readonly clusters: readonly ClusterNodes[];
  /**
   * Version of Kubernetes to look ahead to, such as `1.36`, for everything in dist. Default: the version after each
   * cluster's own, for what comes or changes.
   */
  readonly kubernetes?: string;
}

/** A rule on what is between two revisions: refuses what nobody meant. */
export interface Gate {
  /** What problems and waivers carry and docs/gates.md explains. */
  readonly id: string;
  readonly run: (input: GateInput) => Iterable<Problem>;
}

/** A problem of one object, where it is or where it was. */
export function gateProblem(rule: string, found: DistObject, what: string, fix: string): Problem {
  const { definition, path, cluster, object } = found;
  return {
    rule,
    at: { definition: definition === "" ? `dist/${path}` : definition, cluster, object: objectName(object) },
    what,
    fix,
  };
}
