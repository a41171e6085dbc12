import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import type { RenderedObject, RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";

/** A folder of dist/<cluster>/ that the reconciler's own objects live in. */
export type DeliveryFolder = "bootstrap" | "reconciler" | "access";

export interface DeliveryObject {
  readonly folder: DeliveryFolder;
  readonly object: KubernetesObject;
  /** Slice it delivers, or the cluster's name for what serves all. */
  readonly owner: string;
  readonly definition: string;
}

/** How one reconciler is wired from the dependency graph. */
export interface ReconcilerWiring {
  /** Namespace that it runs in; installing it makes that, before there is anything to render. */
  readonly namespace: string;
  /** Objects that stand for a chart, for the slice itself to hold. */
  readonly chartObjects: (slice: Slice) => readonly KubernetesObject[];
  /** The object with what this reconciler needs to know of it: order, protection. */
  readonly annotate: (rendered: RenderedObject, slice: RenderedSlice) => KubernetesObject;
  /** What makes the reconciler take up the slices, and in which order. */
  readonly delivery: (
    cluster: ResolvedCluster,
    slices: readonly RenderedSlice[],
    schemas: SchemaSet,
  ) => readonly DeliveryObject[];
}
