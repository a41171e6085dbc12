// Prints where each object of apps and add-ons was created, by path of dist. A process of its own, because
// vitest loads definitions in its own way, with stacks of its own.
import { explain } from "../../scripts/explain/explanation.ts";
import { findInDist } from "../../scripts/explain/find.ts";
import { gatherInputs, loadFleet } from "../../scripts/workspace.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

const fleet = await loadFleet();
// What is frozen has no line: its definition as it is now does.
const inputs = { ...(await gatherInputs(fleet, fleet.clusters)), followMain: true };
const created = fleet.clusters.flatMap((cluster) => {
  const result = synthesizeCluster(fleet, cluster, inputs, { trace: true });
  const { rendered } = result;
  if (rendered === undefined) throw new Error(`${cluster.name} does not render`);
  return result.files.flatMap(({ path }) => {
    const { createdAt, delivers, slice } = explain(findInDist(result, rendered, path));
    return delivers || slice === null || slice.owner === "namespaces" ? [] : [[path, createdAt]];
  });
});
console.log(JSON.stringify(Object.fromEntries(created)));
