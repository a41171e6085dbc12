import type { GroupKind } from "../model/chart.ts";
import { groupOf } from "../render/kubernetes-object.ts";
import type { RenderedSlice } from "../render/render.ts";

/** Kinds that slices hold and where: the least their reconciler needs to be allowed. */
export interface Usage {
  readonly clusterKinds: readonly GroupKind[];
  /** Namespaced kinds by namespace. */
  readonly kindsIn: ReadonlyMap<string, readonly GroupKind[]>;
}

export function usage(members: readonly RenderedSlice[]): Usage {
  const clusterKinds = new Set<GroupKind>();
  const kindsIn = new Map<string, Set<GroupKind>>();
  const add = (namespace: string, kind: GroupKind): void => {
    kindsIn.set(namespace, (kindsIn.get(namespace) ?? new Set<GroupKind>()).add(kind));
  };
  for (const { slice, objects } of members) {
    for (const { object } of objects) {
      const kind: GroupKind = `${groupOf(object.apiVersion)}/${object.kind}`;
      const { namespace } = object.metadata;
      if (namespace === undefined) clusterKinds.add(kind);
      else add(namespace, kind);
    }
    if (slice.chart === undefined) continue;
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

/** `apps/Deployment` as its two parts; the core group's is empty. */
export function splitGroupKind(groupKind: GroupKind): { group: string; kind: string } {
  const slash = groupKind.lastIndexOf("/");
  return { group: groupKind.slice(0, slash), kind: groupKind.slice(slash + 1) };
}
