import type { StageContext } from "../model/stage.ts";
import type { Stage } from "../model/stage.ts";
import type { Report } from "../model/context.ts";
import type { Chart, ChartKinds, ChartMode } from "../model/chart.ts";
import type { Layer } from "../model/layer.ts";
import type { Environment } from "../model/names.ts";
import type { Permissions } from "../model/permission.ts";
import type { FrozenSlice } from "../release/frozen-slice.ts";

/** A chart as one cluster gets it. */
export interface ChartRelease extends Chart {
  readonly mode: ChartMode;
  readonly kinds: ChartKinds;
  readonly values: object;
  /** Whether its values stand in the bootstrap folder, for the installation by hand. */
  readonly installedFirst: boolean;
}

/** What one placement, one add-on or the cluster's namespaces render, and what must be ready before. */
export interface Slice {
  /** Name of its folder in dist, unique in the cluster. */
  readonly owner: string;
  readonly kind: "placement" | "addon" | "namespaces";
  /** What is placed, where an app is. */
  readonly placement?: { readonly app: string; readonly environment: Environment };
  readonly description: string;
  readonly layer: Layer;
  /** The file to open to change it. */
  readonly definition: string;
  /** Namespace of its objects that name none. */
  readonly namespace: string;
  /** Other namespaces it writes to. */
  readonly otherNamespaces: readonly string[];
  readonly dependsOn: readonly string[];
  /** Names of its stages, in order. */
  readonly stages: readonly string[];
  readonly chart?: ChartRelease;
  /** What is taken from dist in place of running the definition. */
  readonly frozen?: FrozenSlice;
  /** Owners of namespaces that belong to one slice alone, by namespace; for the slice that renders them. */
  readonly claimants?: ReadonlyMap<string, string>;
  /** AWS permissions by `<namespace>/<service account>`. */
  readonly permissions: Readonly<Record<string, Permissions>>;
  /** What `explain` prints. */
  readonly parameters: unknown;
  readonly context: Omit<StageContext, "trace" | "report">;
  /** Runs the definition; what it complains of goes to `report`. */
  readonly render: (stages: Readonly<Record<string, Stage>>, report: Report) => void;
}
