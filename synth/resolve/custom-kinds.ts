import { crdSource } from "../model/crd-groups.ts";
import type { ResolvedCluster } from "./resolve.ts";

/** Tells the custom kinds that a cluster serves once everything runs there: those of its charts and its reconciler. */
export function customKinds(
  cluster: ResolvedCluster,
): (kind: { readonly group: string; readonly kind: string }) => boolean {
  const charts = new Set(cluster.order.flatMap(({ chart }) => chart?.name ?? []));
  return ({ group, kind }) => {
    const source = crdSource(group, kind);
    return (
      source?.reconciler === cluster.view.reconciler ||
      (source?.charts ?? []).some((chart) => charts.has(chart))
    );
  };
}
