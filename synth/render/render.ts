import { ApiObject } from "cdk8s";
import { Stage } from "../model/stage.ts";
import type { Problem } from "../model/problem.ts";
import { reportInto } from "../resolve/report.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { isKubernetesObject, plain } from "../objects/plain.ts";

/** An object, and where it comes from. */
export interface RenderedObject {
  readonly object: KubernetesObject;
  readonly owner: string;
  readonly definition: string;
  /** Name of its stage. */
  readonly stage: string;
  /** Stack of the call that created it; empty unless the render traces. */
  readonly stack: string;
}

export interface RenderedSlice {
  readonly slice: Slice;
  readonly objects: readonly RenderedObject[];
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
  const objects = Object.entries(stages).flatMap(([name, stage]) =>
    stage.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .flatMap((construct): RenderedObject[] => {
        const object = plain(construct.toJson());
        if (!isKubernetesObject(object)) {
          report(`${construct.kind} at ${construct.node.path} has no name`, "give it metadata.name");
          return [];
        }
        return [
          {
            object: placed(object, slice.namespace, schemas),
            owner: slice.owner,
            definition: slice.definition,
            stage: name,
            stack: stage.creationStack(construct),
          },
        ];
      }),
  );
  return { rendered: { slice, objects }, problems };
}

/** Objects of namespaced kinds that name no namespace belong to the slice's. */
function placed(object: KubernetesObject, namespace: string, schemas: SchemaSet): KubernetesObject {
  const scope = schemas.kind(object.apiVersion, object.kind)?.scope;
  if (scope === "Cluster" || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
