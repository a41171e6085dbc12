import { synthesizeCluster } from "../../synth/synthesize.ts";
import { gatherInputs, loadFleet } from "../workspace.ts";
import { environmentDocument } from "./document.ts";
import { variablesOf } from "./variables.ts";

/** Content of docs/environment-variables.md, from the definitions as they stand. */
export async function renderEnvironmentDocument(): Promise<string> {
  const fleet = await loadFleet();
  const inputs = await gatherInputs(fleet, fleet.clusters);
  const rendered = fleet.clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs).rendered);
  const purposes = new Map(
    fleet.clusters.flatMap(({ placements }) => placements.map(({ app, variables }) => [app, variables])),
  );
  const found = rendered.filter((each) => each !== undefined);
  return environmentDocument(variablesOf(found, purposes));
}
