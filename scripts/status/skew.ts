import type { Inventory } from "../inventory/inventory.ts";

/** Which version of an add-on's chart runs where. */
export interface AddonSkew {
  readonly addon: string;
  /** Version by cluster; a cluster that does not run it is not there. */
  readonly versions: Readonly<Record<string, string>>;
  /** Whether clusters run different ones. */
  readonly differs: boolean;
}

/**
 * Add-ons with charts, by name. The version that a cluster runs is what its dist names: of a frozen cluster another than
 * the definition's.
 */
export function addonSkew(
  { addons }: Inventory,
  versionOn: (cluster: string, chart: string) => string | undefined,
): readonly AddonSkew[] {
  return addons.flatMap(({ name, chart, clusters }) => {
    if (chart === null || clusters.length === 0) return [];
    const versions = Object.fromEntries(
      clusters.map((cluster) => [cluster, versionOn(cluster, chart.name) ?? chart.version]),
    );
    return [{ addon: name, versions, differs: new Set(Object.values(versions)).size > 1 }];
  });
}
