import { customKinds } from "../resolve/custom-kinds.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";

/**
 * The custom kinds that a cluster serves once everything runs there. Charts ask for them by
 * `.Capabilities.APIVersions`; Helm itself knows Kubernetes' own.
 */
export function chartApiVersions(cluster: ResolvedCluster, schemas: SchemaSet): readonly string[] {
  const served = schemas.kinds().filter(customKinds(cluster));
  return [
    ...new Set(
      served.flatMap(({ group, version, kind }) => [`${group}/${version}`, `${group}/${version}/${kind}`]),
    ),
  ].toSorted();
}
