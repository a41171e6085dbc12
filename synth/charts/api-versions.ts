import { crdGroups, crdKinds } from "../checks/crd-groups.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { KindInfo, SchemaSet } from "../schemas/schema-set.ts";

/**
 * The custom kinds that a cluster serves once everything runs there. Charts ask for them by
 * `.Capabilities.APIVersions`; Helm itself knows Kubernetes' own.
 */
export function chartApiVersions(cluster: ResolvedCluster, schemas: SchemaSet): readonly string[] {
  const charts = new Set(cluster.order.flatMap(({ chart }) => chart?.name ?? []));
  const isServed = ({ group, kind }: KindInfo): boolean => {
    const source = crdKinds[`${group}/${kind}`] ?? crdGroups[group];
    if (source === undefined) return false;
    return (
      source.reconciler === cluster.view.reconciler ||
      (source.charts ?? []).some((chart) => charts.has(chart))
    );
  };
  const served = schemas.kinds().filter(isServed);
  return [
    ...new Set(
      served.flatMap(({ group, version, kind }) => [`${group}/${version}`, `${group}/${version}/${kind}`]),
    ),
  ].toSorted();
}
