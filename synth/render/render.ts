import { ApiObject } from "cdk8s";
import { Stage } from "../model/stage.ts";
import type { Problem } from "../model/problem.ts";
import { reportInto } from "../resolve/report.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import type { Json, KubernetesObject } from "../objects/kubernetes-object.ts";
import { isKubernetesObject, plain } from "../objects/plain.ts";

/** What cdk8s puts before the reason. */
const wrapped = /^Failed serializing construct at path '.*' with name '.*': /;

/** An object, and where it comes from. */
export interface RenderedObject {
  readonly object: KubernetesObject;
  readonly owner: string;
  readonly definition: string;
  /** Name of its stage. */
  readonly stage: string;
  /** Stack of the call that created it; empty unless the render traces. */
  readonly stack: string;
  /** Read from dist, where it stays as it is. */
  readonly isFrozen?: true;
}

export interface RenderedSlice {
  readonly slice: Slice;
  readonly objects: readonly RenderedObject[];
  /** An object of it could not be written, so that what misses it is not to blame. */
  readonly isPartial?: true;
}

/** Runs a slice's definition and returns its objects as plain data, each with its namespace. */
export function renderSlice(
  slice: Slice,
  schemas: SchemaSet,
  trace: boolean,
): { readonly rendered: RenderedSlice; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report = reportInto(problems, slice.definition, slice.context.cluster.name, slice.owner);
  const stages = Object.fromEntries(
    slice.stages.map((name) => [name, new Stage(name, { ...slice.context, report, trace })]),
  );
  slice.render(stages, report);
  const unwritten: Problem[] = [];
  const objectOf = (construct: ApiObject): KubernetesObject | undefined => {
    const written = write(construct);
    if ("reason" in written) unwritten.push(unwritable(slice, schemas, construct, written.reason));
    else if (isKubernetesObject(written.json)) return placed(written.json, slice.namespace, schemas);
    else report(`${construct.kind} at ${construct.node.path} has no name`, "give it metadata.name");
    return undefined;
  };
  const { owner, definition } = slice;
  const objects = Object.entries(stages).flatMap(([name, stage]) =>
    stage.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .flatMap((construct): RenderedObject[] => {
        const object = objectOf(construct);
        const stack = stage.creationStack(construct);
        return object === undefined ? [] : [{ object, owner, definition, stage: name, stack }];
      }),
  );
  return {
    rendered: { slice, objects, ...(unwritten.length > 0 && { isPartial: true }) },
    problems: [...problems, ...unwritten],
  };
}

/** The construct as plain JSON, or the first line of why it is none: types that were ignored show here first. */
function write(construct: ApiObject): { readonly json: Json } | { readonly reason: string } {
  try {
    return { json: plain(construct.toJson()) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [reason = ""] = message.replace(wrapped, "").split("\n");
    return { reason };
  }
}

function unwritable(slice: Slice, schemas: SchemaSet, construct: ApiObject, reason: string): Problem {
  const { apiVersion, kind, name, metadata } = construct;
  const { namespace } = metadata;
  const object = placed(
    { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } },
    slice.namespace,
    schemas,
  );
  return {
    rule: "definition",
    at: { definition: slice.definition, cluster: slice.context.cluster.name, object: objectName(object) },
    what: `it cannot be written: ${reason}`,
    fix: "correct it; npm run test:types says more",
  };
}

/** Objects of namespaced kinds that name no namespace belong to the slice's. */
function placed(object: KubernetesObject, namespace: string, schemas: SchemaSet): KubernetesObject {
  const scope = schemas.kind(object.apiVersion, object.kind)?.scope;
  if (scope === "Cluster" || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
