import { synthesizeCluster } from "../../synth/synthesize.ts";
import { gatherInputs, loadFleet } from "../workspace.ts";
import { environmentDocument } from "./document.ts";
import { variablesOf } from "./variables.ts";

/** Content of docs/environment-variables.md, from the definitions as they stand. */
export async function renderEnvironmentDocument(): Promise<string> {
  const fleet = await loadFleet();
  const inputs = await gatherInputs(fleet, fleet.clusters);
  const rendered = fleet.clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs).rendered);
  return environmentDocument(variablesOf(rendered.filter((each) => each !== undefined)));
}
