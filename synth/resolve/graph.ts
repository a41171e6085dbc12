import { layers } from "../model/layer.ts";
import type { Problem } from "../model/problem.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import type { Slice } from "./slice.ts";

/** Slices in an order in which each comes after what it depends on, with how many steps that takes. */
export interface Graph {
  readonly order: readonly Slice[];
  /** Length of the longest chain of dependencies below a slice; 0 for one that depends on nothing. */
  readonly depth: ReadonlyMap<string, number>;
}

/** The one dependency graph that both reconcilers are wired from. */
export function dependencyGraph(
  cluster: string,
  slices: readonly Slice[],
): Graph & { problems: readonly Problem[] } {
  const byOwner = new Map(slices.map((slice) => [slice.owner, slice]));
  const problems: Problem[] = [];
  const depth = new Map<string, number>();
  const order: Slice[] = [];
  const path: string[] = [];

  const visit = (slice: Slice): number => {
    const known = depth.get(slice.owner);
    if (known !== undefined) return known;
    if (path.includes(slice.owner)) {
      problems.push(cycle(cluster, slice, [...path.slice(path.indexOf(slice.owner)), slice.owner]));
      return 0;
    }
    path.push(slice.owner);
    let deepest = -1;
    for (const name of slice.dependsOn) {
      const dependency = byOwner.get(name);
      if (dependency === undefined) problems.push(missing(cluster, slice, name, [...byOwner.keys()]));
      else {
        if (layers.indexOf(dependency.layer) > layers.indexOf(slice.layer)) {
          problems.push(backwards(cluster, slice, dependency));
        }
        deepest = Math.max(deepest, visit(dependency));
      }
    }
    path.pop();
    depth.set(slice.owner, deepest + 1);
    order.push(slice);
    return deepest + 1;
  };

  for (const slice of slices.toSorted((a, b) => (a.owner < b.owner ? -1 : 1))) visit(slice);
  return { order, depth, problems };
}

function missing(cluster: string, slice: Slice, name: string, known: readonly string[]): Problem {
  return {
    rule: "dependency",
    at: { definition: slice.definition, cluster },
    what: `${slice.owner} depends on ${name}, which ${cluster} does not run`,
    fix: didYouMean(name, known, "add it to the cluster, or drop the dependency"),
  };
}

function cycle(cluster: string, slice: Slice, owners: readonly string[]): Problem {
  return {
    rule: "dependency-cycle",
    at: { definition: slice.definition, cluster },
    what: `dependencies go in a circle: ${owners.join(" → ")}`,
    fix: "remove one of these dependencies, or split the add-on that needs both directions",
  };
}

function backwards(cluster: string, slice: Slice, dependency: Slice): Problem {
  return {
    rule: "dependency-layer",
    at: { definition: slice.definition, cluster },
    what: `${slice.owner} (layer ${slice.layer}) depends on ${dependency.owner} of the later layer ${dependency.layer}`,
    fix: `move ${slice.owner} to ${dependency.layer}, or ${dependency.owner} to an earlier layer`,
  };
}
