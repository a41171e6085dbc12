import type { FileSpec } from "../../../synth/layout/file-spec.ts";
import type { Cluster } from "../../../synth/model/cluster.ts";
import type { Fleet } from "../../../synth/model/fleet.ts";
import type { Inputs } from "../../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../../synth/synthesize.ts";

/** The fleet without one part of a cluster, rendered in memory. */
export interface Removal {
  /** Name of its slice. */
  readonly slice: string;
  readonly what: "add-on" | "app";
}

/** What the facts hold for a part that is gone is no reason not to take it out. */
const leftOver: ReadonlySet<string> = new Set(["aws-role", "aws-output", "input-file"]);

/** Files of a cluster, by path from the root of dist; undefined if it cannot be rendered. */
export function renderedFiles(
  fleet: Fleet,
  cluster: Cluster,
  inputs: Inputs,
): ReadonlyMap<string, string> | undefined {
  const { files, problems } = synthesizeCluster(fleet, cluster, inputs);
  if (problems.some(({ rule }) => !leftOver.has(rule))) return undefined;
  return new Map(files.map(({ path, content }: FileSpec) => [path, content]));
}

/** The last add-on that nothing else needs, and the last app; those of them that there are. */
export function removals(fleet: Fleet, cluster: Cluster, inputs: Inputs): readonly Removal[] {
  const slices = synthesizeCluster(fleet, cluster, inputs).rendered?.slices.map(({ slice }) => slice) ?? [];
  const app = slices.findLast(({ kind }) => kind === "placement");
  // Without the reconciler, nothing would be taken out at all.
  const own = new Set(slices.filter(({ chart }) => chart?.installedFirst === true).map(({ owner }) => owner));
  const addon = slices.findLast(({ kind, owner, dependsOn }) => {
    if (kind !== "addon" || own.has(owner) || dependsOn.some((name) => own.has(name))) return false;
    const smaller = without(fleet, cluster, [{ slice: owner, what: "add-on" }]);
    return renderedFiles(smaller.fleet, smaller.cluster, inputs) !== undefined;
  });
  return [
    ...(addon === undefined ? [] : [{ slice: addon.owner, what: "add-on" } as const]),
    ...(app === undefined ? [] : [{ slice: app.owner, what: "app" } as const]),
  ];
}

/** The same definitions without these. */
export function without(
  fleet: Fleet,
  cluster: Cluster,
  gone: readonly Removal[],
): { fleet: Fleet; cluster: Cluster } {
  const addons = new Set(gone.filter(({ what }) => what === "add-on").map(({ slice }) => slice));
  const apps = new Set(gone.filter(({ what }) => what === "app").map(({ slice }) => slice));
  const placements = cluster.placements.filter(({ app, environment }) => !apps.has(`${app}-${environment}`));
  return {
    fleet: { ...fleet, addons: fleet.addons.filter(({ name }) => !addons.has(name)) },
    cluster: { ...cluster, placements },
  };
}
