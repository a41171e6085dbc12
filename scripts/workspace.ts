import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { distRoot, fleetPath } from "../synth/model/paths.ts";
import { ProblemsError } from "../synth/model/problem.ts";
import type { Cluster } from "../synth/model/cluster.ts";
import type { Fleet } from "../synth/model/fleet.ts";
import type { Inputs } from "../synth/resolve/inputs.ts";
import { loadProblem } from "./definition-errors.ts";
import { readInputs } from "./read-inputs.ts";
import { root } from "./root.ts";

export { readInputs, root };
export const distPath = join(root, distRoot);

/** Loads the definitions. One that does not load is a problem with its file, not a stack trace. */
export async function loadFleet(): Promise<Fleet> {
  try {
    const module: { fleet?: Fleet } = await import(pathToFileURL(join(root, fleetPath)).href);
    if (module.fleet !== undefined) return module.fleet;
  } catch (error) {
    throw new ProblemsError([loadProblem(error, fleetPath)]);
  }
  throw new ProblemsError([loadProblem("it exports no fleet", fleetPath)]);
}

/**
 * All that these clusters are rendered from: the committed JSON, and what Helm prints for the charts they
 * inflate. No Helm runs, and nothing is pulled, for clusters that do not.
 *
 * @param known what dist holds, for whoever has read it already; what is to be rendered although it is frozen
 */
export async function gatherInputs(
  fleet: Fleet,
  clusters: readonly Cluster[],
  known: Pick<Inputs, "dist" | "thaw"> = {},
): Promise<Inputs> {
  const inputs: Inputs = { ...readInputs(known.dist), ...known };
  if (!clusters.some(({ chartMode }) => chartMode === "inflate")) return inputs;
  const { inflateCharts } = await import("./charts/inflate.ts");
  return { ...inputs, charts: await inflateCharts(fleet, clusters, inputs) };
}
