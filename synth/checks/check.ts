import type { Problem } from "../model/problem.ts";
import type { RenderedObject, RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";

/** Everything a rule may look at: one cluster, rendered. */
export interface RenderedCluster {
  readonly cluster: ResolvedCluster;
  readonly slices: readonly RenderedSlice[];
  /** Objects of all slices and of the reconciler. */
  readonly objects: readonly RenderedObject[];
  readonly schemas: SchemaSet;
}

/** A rule on the rendered cluster. */
export interface Check {
  /** What problems carry and documents explain. */
  readonly id: string;
  readonly run: (input: RenderedCluster) => Iterable<Problem>;
}

/** A problem of one object. */
export function objectProblem(
  id: string,
  input: RenderedCluster,
  { object, definition }: RenderedObject,
  what: string,
  fix: string,
  path = "",
): Problem {
  const { namespace, name } = object.metadata;
  const ref = namespace === undefined ? `${object.kind}/${name}` : `${object.kind}/${namespace}/${name}`;
  return {
    rule: id,
    at: {
      definition,
      cluster: input.cluster.view.name,
      object: path === "" ? ref : `${ref} ${path}`,
    },
    what,
    fix,
  };
}
