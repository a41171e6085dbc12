import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import type { RenderedSlice } from "../render/render.ts";

/** Kinds that a slice holds and where: the least its reconciler needs to be allowed. */
export interface Usage {
  readonly clusterKinds: readonly GroupKind[];
  /** Namespaced kinds by namespace. */
  readonly kindsIn: ReadonlyMap<string, readonly GroupKind[]>;
}

export function usage({ slice, objects }: RenderedSlice): Usage {
  const clusterKinds = new Set<GroupKind>();
  const kindsIn = new Map<string, Set<GroupKind>>();
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
    kindsIn: new Map(
      [...kindsIn].toSorted(byName).map(([namespace, kinds]) => [namespace, [...kinds].toSorted()]),
    ),
  };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** Every namespaced kind of a usage, wherever it stands. */
export function namespacedKinds({ kindsIn }: Usage): readonly GroupKind[] {
  return [...new Set([...kindsIn.values()].flat())].toSorted();
}
