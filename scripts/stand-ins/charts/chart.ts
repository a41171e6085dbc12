import type { ValuePath, Workload } from "./workload.ts";

/** What stands in for one chart, whatever its version. */
export interface StandInChart {
  /**
   * Where the custom resource definitions lie, and which value has them rendered; `crds/` folders are always.
   * Default: it brings none.
   */
  readonly definitions?: { readonly folder: "crds" } | { readonly when?: ValuePath; readonly keep?: true };
  readonly workloads?: readonly Workload[];
  /** Further templates by their file's name, which the chart writes out of its values. */
  readonly templates?: Readonly<Record<string, string>>;
  /** Values that those templates read. */
  readonly switches?: readonly ValuePath[];
}
