import type { GroupKind } from "../objects/group-kind.ts";
import { groupKindOf } from "../objects/group-kind.ts";
import { builtInNamespaces } from "../model/built-in-namespaces.ts";
import type { RenderedObject } from "../render/render.ts";
import type { ChartRelease, Slice } from "../resolve/slice.ts";
import type { RenderedCluster } from "./check.ts";
import { podTemplatesOf } from "./workloads.ts";
import type { PodTemplate } from "./workloads.ts";

/** A slice with a chart. */
interface ChartSlice extends Slice {
  readonly chart: ChartRelease;
}

/** The rendered cluster, by kind, namespace and name. */
export class ClusterIndex {
  /** Slices whose chart the reconciler pulls: what it renders is not known here. */
  readonly charts: readonly ChartSlice[];
  readonly templates: readonly PodTemplate[];
  /** Names of namespaces that exist once everything is applied. */
  readonly namespaces: ReadonlySet<string>;
  readonly #byKind: ReadonlyMap<string, readonly RenderedObject[]>;
  readonly #byName: ReadonlyMap<string, RenderedObject>;
  readonly #templatesByNamespace: ReadonlyMap<string, readonly PodTemplate[]>;
  readonly #openNamespaces: ReadonlySet<string>;
  readonly #chartKinds: ReadonlySet<GroupKind>;
  /** Owners whose chart is rendered here, among their own objects. */
  readonly #inflated: ReadonlySet<string>;

  constructor({
    reconcilerNamespace,
    objects,
    slices,
  }: Pick<RenderedCluster, "reconcilerNamespace" | "objects" | "slices">) {
    this.#byKind = Map.groupBy(objects, kindOf);
    this.#byName = new Map(
      objects.map((rendered) => {
        const { namespace, name } = rendered.object.metadata;
        return [key(kindOf(rendered), namespace, name), rendered];
      }),
    );
    this.templates = objects.flatMap(podTemplatesOf);
    this.#templatesByNamespace = Map.groupBy(this.templates, ({ namespace }) => namespace);
    const all = slices.map(({ slice }) => slice);
    const partial = slices.filter(({ isPartial }) => isPartial).map(({ slice }) => slice);
    this.charts = all.filter(pullsChart);
    this.#inflated = new Set(all.filter(({ chart }) => chart?.mode === "inflate").map(({ owner }) => owner));
    this.#openNamespaces = new Set([
      ...builtInNamespaces,
      // What a chart's controllers create as they run is unknown even where the chart is rendered here.
      ...[...all.filter(({ chart }) => chart !== undefined), ...partial].flatMap(
        ({ namespace, otherNamespaces }) => [namespace, ...otherNamespaces],
      ),
    ]);
    this.#chartKinds = new Set(
      this.charts.flatMap(({ chart }) => [...chart.kinds.cluster, ...chart.kinds.namespaced]),
    );
    this.namespaces = new Set([
      ...builtInNamespaces,
      reconcilerNamespace,
      ...this.all("/Namespace").map(({ object }) => object.metadata.name),
    ]);
  }

  /** Objects of a kind, whatever version: `apps/Deployment`; `/Service` for the core group. */
  all(kind: GroupKind): readonly RenderedObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  find(kind: GroupKind, namespace: string | undefined, name: string): RenderedObject | undefined {
    return this.#byName.get(key(kind, namespace, name));
  }

  in(kind: GroupKind, namespace: string | undefined): readonly RenderedObject[] {
    return this.all(kind).filter(({ object }) => object.metadata.namespace === namespace);
  }

  names(kind: GroupKind, namespace?: string): readonly string[] {
    return this.in(kind, namespace).map(({ object }) => object.metadata.name);
  }

  templatesIn(namespace: string | undefined): readonly PodTemplate[] {
    return namespace === undefined ? [] : (this.#templatesByNamespace.get(namespace) ?? []);
  }

  /** Whether a namespace has objects that are not rendered here, so that a missing one may be there after all. */
  hasUnknownObjects(namespace: string | undefined): boolean {
    return namespace === undefined || this.#openNamespaces.has(namespace);
  }

  /** Whether the object is ours to write in another way; what a chart renders is its author's. */
  isOwn({ owner }: RenderedObject): boolean {
    return !this.#inflated.has(owner);
  }

  /** Whether a chart creates objects of this kind, with names that are not known here. */
  chartsBring(kind: GroupKind): boolean {
    return this.#chartKinds.has(kind);
  }
}

const indexes = new WeakMap<RenderedCluster, ClusterIndex>();

/** The index of a rendered cluster, made by the first rule that asks. */
export function indexOf(input: RenderedCluster): ClusterIndex {
  const known = indexes.get(input);
  if (known !== undefined) return known;
  const index = new ClusterIndex(input);
  indexes.set(input, index);
  return index;
}

function pullsChart(slice: Slice): slice is ChartSlice {
  return slice.chart?.mode === "reference";
}

function kindOf({ object }: RenderedObject): GroupKind {
  return groupKindOf(object);
}

function key(kind: GroupKind, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ""}/${name}`;
}
