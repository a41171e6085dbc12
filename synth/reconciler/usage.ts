import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import type { RenderedSlice } from "../render/render.ts";
import { standingKinds } from "./standing-kinds.ts";

/** Kinds that a slice holds and where; with its standing kinds, the least its reconciler needs to be allowed. */
export interface Usage {
  readonly clusterKinds: readonly GroupKind[];
  /** Namespaced kinds by namespace; an app's namespaces also while it holds nothing there. */
  readonly kindsIn: ReadonlyMap<string, readonly GroupKind[]>;
  /** Namespaces in which its standing kinds are allowed besides. */
  readonly standsIn: readonly string[];
}

export function usage({ slice, objects }: RenderedSlice): Usage {
  const clusterKinds = new Set<GroupKind>();
  const own = slice.kind === "placement" ? [slice.namespace, ...slice.otherNamespaces] : [];
  const kindsIn = new Map(own.map((namespace) => [namespace, new Set<GroupKind>()]));
  const add = (namespace: string, kind: GroupKind): void => {
    kindsIn.set(namespace, (kindsIn.get(namespace) ?? new Set<GroupKind>()).add(kind));
  };
  for (const { object } of objects) {
    const kind = groupKindOf(object);
    const { namespace } = object.metadata;
    if (namespace === undefined) clusterKinds.add(kind);
    else add(namespace, kind);
  }
  // An inflated chart's objects are among the slice's own.
  if (slice.chart?.mode === "reference") {
    for (const kind of slice.chart.kinds.cluster) clusterKinds.add(kind);
    for (const namespace of [slice.namespace, ...slice.otherNamespaces]) {
      for (const kind of slice.chart.kinds.namespaced) add(namespace, kind);
    }
  }
  return {
    clusterKinds: [...clusterKinds].toSorted(),
    // An add-on has other namespaces for single objects, such as a chart's in Flux' own.
    standsIn:
      slice.kind === "addon" ? [slice.namespace].filter((name) => kindsIn.has(name)) : [...kindsIn.keys()],
    kindsIn: new Map(
      [...kindsIn].toSorted(byName).map(([namespace, kinds]) => [namespace, [...kinds].toSorted()]),
    ),
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Every namespaced kind that a slice holds or may come to hold, wherever it stands. */
export function namespacedKinds(
  { slice }: RenderedSlice,
  { kindsIn, standsIn }: Usage,
): readonly GroupKind[] {
  // The last namespace that is bounded may have gone.
  const stands = slice.kind === "namespaces" || standsIn.length > 0;
  const standing = stands ? standingKinds[slice.kind] : [];
  return [...new Set([...[...kindsIn.values()].flat(), ...standing])].toSorted();
}
