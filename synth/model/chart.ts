import type { GroupKind } from "../objects/group-kind.ts";
import type { Digest } from "./names.ts";

/** How a chart reaches the cluster: pulled by the reconciler, or rendered here and committed. */
export type ChartMode = "reference" | "inflate";

/** A semantic version, written out; charts may put a v before it. */
const exactVersion = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** Whether a version means the same chart tomorrow. */
export function isExactVersion(version: string): boolean {
  return exactVersion.test(version);
}

/** Whether a repository and a name are what a chart can have; both go into files and to other programs. */
export function isChartLocation({ repository, name }: Pick<Chart, "repository" | "name">): boolean {
  return (
    /^(?:https|oci|http):\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[A-Za-z0-9._~-]+)*\/?$/.test(repository) &&
    /^[a-z0-9][a-z0-9.-]{0,127}$/.test(name)
  );
}

/** A Helm chart, pinned. */
export interface Chart {
  /** `https://` for a chart repository, `oci://` for a registry; without the chart's name. */
  readonly repository: `https://${string}` | `oci://${string}` | `http://127.0.0.1:${string}`;
  readonly name: string;
  /** Exact version; ranges are refused by a check. */
  readonly version: string;
  /** Digest of the packaged chart; required where the chart is inflated. */
  readonly digest?: Digest;
}

/** Kinds a chart creates beside those every namespace may hold; a project allows these and no others. */
export interface ChartKinds {
  /** Cluster-scoped kinds. */
  readonly cluster: readonly GroupKind[];
  /** Namespaced kinds. */
  readonly namespaced: readonly GroupKind[];
  /** Namespaces besides the add-on's own that it writes to. */
  readonly alsoIn?: readonly string[];
}
