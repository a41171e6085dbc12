import type { Addon } from "./addon.ts";
import type { Cluster } from "./cluster.ts";
import type { PromotionSpec } from "./promotion.ts";

/** Everything there is, and the repository it is reconciled from. */
export interface Fleet {
  readonly repository: {
    /** Clone URL that the reconcilers use. */
    readonly url: string;
    /** Branch they follow. */
    readonly branch: string;
  };
  /** How add-ons move through groups of clusters. Default: every cluster follows main. */
  readonly promotion?: PromotionSpec<string>;
  readonly addons: readonly Addon[];
  readonly clusters: readonly Cluster[];
}

export function defineFleet(fleet: Fleet): Fleet {
  return fleet;
}
