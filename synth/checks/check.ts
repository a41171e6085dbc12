import type { AwsStack } from "../aws/stack.ts";
import type { EksCluster } from "../model/cluster.ts";
import type { Problem } from "../model/problem.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import type { RenderedObject, RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";

/** Everything a rule may look at: one cluster, rendered. */
export interface RenderedCluster {
  readonly cluster: ResolvedCluster;
  /** Namespace that exists before anything is rendered: installing the reconciler makes it. */
  readonly reconcilerNamespace: string;
  readonly slices: readonly RenderedSlice[];
  /** Objects of all slices and of the reconciler. */
  readonly objects: readonly RenderedObject[];
  /** What is underneath it on AWS; none elsewhere. */
  readonly stacks: readonly AwsStack[];
  /** Its definition, where that is one on EKS. */
  readonly eks: EksCluster | undefined;
  readonly schemas: SchemaSet;
}

/** A rule on the rendered cluster. */
export interface Check {
  /** What problems carry and documents explain. */
  readonly id: string;
  readonly run: (input: RenderedCluster) => Iterable<Problem>;
}

/** Makes a problem of one place. */
export type Complain = (what: string, fix: string) => Problem;

/** A problem of one object. */
export function objectProblem(
  id: string,
  input: RenderedCluster,
  { object, definition }: RenderedObject,
  what: string,
  fix: string,
  path = "",
): Problem {
  return problem(id, input, definition, at(objectName(object), path), what, fix);
}

/** A problem of what a slice says beside its objects: its chart, its permissions. */
export function sliceProblem(
  id: string,
  input: RenderedCluster,
  { definition, owner }: Slice,
  what: string,
  fix: string,
  object = owner,
): Problem {
  return problem(id, input, definition, object, what, fix);
}

/** A problem of what a cluster says of itself. */
export function clusterProblem(
  id: string,
  input: RenderedCluster,
  what: string,
  fix: string,
  object?: string,
): Problem {
  const { definition, view } = input.cluster;
  return {
    rule: id,
    at: { definition, cluster: view.name, ...(object !== undefined && { object }) },
    what,
    fix,
  };
}

/** A problem of a value that a chart is given. */
export function chartProblem(
  id: string,
  input: RenderedCluster,
  slice: Slice,
  what: string,
  fix: string,
  path: string,
): Problem {
  return sliceProblem(id, input, slice, what, fix, at(slice.owner, `values.${path}`));
}

function problem(
  rule: string,
  { cluster }: RenderedCluster,
  definition: string,
  object: string,
  what: string,
  fix: string,
): Problem {
  return { rule, at: { definition, cluster: cluster.view.name, object }, what, fix };
}

function at(name: string, path: string): string {
  return path === "" ? name : `${name} ${path}`;
}
