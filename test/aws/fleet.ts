import { fleet } from "../../clusters/fleet.ts";
import { readInputs } from "../../scripts/workspace.ts";
import type { RenderedCluster } from "../../synth/checks/check.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

/** Every cluster of the fleet that has stacks, rendered with these facts and releases; or only the one of this name. */
export function renderedFleet({
  inputs = readInputs(),
  only,
}: { readonly inputs?: Inputs; readonly only?: string } = {}): readonly RenderedCluster[] {
  return fleet.clusters
    .filter(({ provider, name }) => provider === "eks" && (only === undefined || name === only))
    .flatMap((cluster) => synthesizeCluster(fleet, cluster, inputs).rendered ?? []);
}
