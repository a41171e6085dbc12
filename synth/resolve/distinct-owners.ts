import type { Problem } from "../model/problem.ts";
import type { ClusterScope } from "./scope.ts";
import type { Slice } from "./slice.ts";

const kinds: Readonly<Record<Slice["kind"], string>> = {
  addon: "an add-on",
  namespaces: "the cluster's namespaces",
  placement: "a placement",
};

/** Each owner's first slice: a folder of dist, and whoever reconciles it, has one. Further ones are problems. */
export function distinctOwners(scope: ClusterScope, slices: readonly Slice[]): readonly Slice[] {
  const first = new Map<string, Slice>();
  for (const slice of slices) {
    const other = first.get(slice.owner);
    if (slice.owner === scope.view.name) scope.problems.push(clusterConflict(scope, slice));
    if (other === undefined) first.set(slice.owner, slice);
    else scope.problems.push(ownerConflict(scope, other, slice));
  }
  return [...first.values()];
}

function ownerConflict({ view }: ClusterScope, first: Slice, second: Slice): Problem {
  // The name of a placement is given by its app and environment: it is the add-on that can have another one.
  const addon = second.kind === "addon" ? second : first;
  return {
    rule: "owner-conflict",
    at: { definition: addon.definition, cluster: view.name },
    what: `${second.owner} is the name of ${kinds[first.kind]} (${first.definition}) and of ${kinds[second.kind]} (${second.definition})`,
    fix: "give the add-on another name",
  };
}

/** What the cluster owns itself, its bootstrap folder, goes by its name. */
function clusterConflict({ view }: ClusterScope, { owner, kind, definition }: Slice): Problem {
  return {
    rule: "owner-conflict",
    at: { definition, cluster: view.name },
    what: `${owner} is the name of the cluster and of ${kinds[kind]} (${definition})`,
    fix: `give the ${kind === "addon" ? "add-on" : "app"} another name, or the cluster`,
  };
}
