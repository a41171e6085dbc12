import type { ClusterIdentity, EnvironmentStatus } from "./environment-status.ts";
import type { Delivery } from "./delivery.ts";
import type { AddonSkew } from "./skew.ts";
import type { ClusterGraph } from "./graph.ts";
import type { GroupCapacity } from "./capacity.ts";
import type { LiveCluster } from "./live/look-at-clusters.ts";
import type { WaiverStatus } from "./waivers.ts";

/** Everything that the fleet's page shows: from the repository, and from clusters where somebody asked for that. */
export interface FleetStatus {
  /** Commit that was looked at, in full. */
  readonly commit: string;
  /** Time of the look, UTC in ISO 8601. */
  readonly at: string;
  /** Whether the clone has only the newest commits, so that ages and figures reach no further back. */
  readonly shallow: boolean;
  readonly environments: readonly EnvironmentStatus[];
  readonly deliveries: readonly Delivery[];
  readonly clusters: readonly ClusterIdentity[];
  readonly skew: readonly AddonSkew[];
  readonly graphs: readonly ClusterGraph[];
  readonly capacity: readonly GroupCapacity[];
  readonly waivers: readonly WaiverStatus[];
  /** What clusters make of dist; undefined where none was asked. */
  readonly live?: readonly LiveCluster[];
}
