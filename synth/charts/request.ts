import { fullDigestOf } from "../objects/digest.ts";
import type { Digest } from "../model/names.ts";
import type { Json } from "../objects/kubernetes-object.ts";
import { plain } from "../objects/plain.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { Slice } from "../resolve/slice.ts";
import type { SchemaSet } from "../schemas/schema-set.ts";
import { chartApiVersions } from "./api-versions.ts";

/** Everything that the rendered objects of a chart depend on. */
export interface ChartRequest {
  /** SHA-256 of all the rest: the name of its objects among the inputs. */
  readonly key: string;
  /** Where to pull it: its own repository, or the cluster's mirror. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
  /** Digest of the packaged chart. */
  readonly digest: Digest;
  readonly releaseName: string;
  readonly namespace: string;
  /** As `1.35.0`. */
  readonly kubeVersion: string;
  /** What the cluster serves besides Kubernetes' own kinds, as `group/version` and `group/version/Kind`. */
  readonly apiVersions: readonly string[];
  readonly values: Json;
}

/** What a cluster needs rendered by Helm, by the slice that holds it; nothing where every chart is a reference. */
export function chartRequests(
  cluster: ResolvedCluster,
  schemas: SchemaSet,
): ReadonlyMap<Slice, ChartRequest> {
  const inflated = cluster.order.filter(({ chart, frozen }) => chart?.mode === "inflate" && !frozen);
  if (inflated.length === 0) return new Map();
  const apiVersions = chartApiVersions(cluster, schemas);
  return new Map(
    inflated.flatMap((slice) => {
      const { chart } = slice;
      // Check chart-version reports a missing digest.
      if (chart?.digest === undefined) return [];
      const request = {
        repository: chart.repository,
        name: chart.name,
        version: chart.version,
        digest: chart.digest,
        releaseName: slice.owner,
        namespace: slice.namespace,
        kubeVersion: `${cluster.view.kubernetes}.0`,
        apiVersions,
        values: plain(chart.values),
      };
      return [[slice, { key: fullDigestOf(request), ...request }]];
    }),
  );
}
