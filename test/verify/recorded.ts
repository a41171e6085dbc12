import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { WatchEvent } from "../../scripts/kubernetes/client.ts";
import { History } from "../../scripts/verify/record/history.ts";

interface Sketch {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** Unit, as Flux writes it. */
  readonly unit?: string;
  readonly uid?: string;
  readonly spec?: Json;
  readonly status?: Json;
}

/** An object as the API server tells it at a revision. */
export function seen(revision: number, sketch: Sketch): KubernetesObject {
  const { apiVersion = "v1", kind, name, namespace = "shop", unit, uid = name, spec, status } = sketch;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== "" && { namespace }),
      uid,
      resourceVersion: String(revision),
      ...(unit !== undefined && { labels: { "kustomize.toolkit.fluxcd.io/name": unit } }),
    },
    ...(spec !== undefined && { spec }),
    ...(status !== undefined && { status }),
  };
}

export function added(revision: number, sketch: Sketch): WatchEvent {
  return { type: "added", object: seen(revision, sketch) };
}

export function modified(revision: number, sketch: Sketch): WatchEvent {
  return { type: "modified", object: seen(revision, sketch) };
}

/** The record of a run from revision 10 on. */
export function recorded(...events: readonly WatchEvent[]): History {
  const history = new History();
  history.begin(10n);
  for (const event of events) history.apply(event);
  return history;
}

export const complete: Json = { conditions: [{ type: "Complete", status: "True" }] };
export const established: Json = { conditions: [{ type: "Established", status: "True" }] };
