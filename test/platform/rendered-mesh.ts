import { fleet } from "../../clusters/fleet.ts";
import { readInputs } from "../../scripts/read-inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";

/** prompt2mesh-nonprod as its definitions are now, whatever its environments are frozen at. */
function renderNonprod() {
  const cluster = fleet.clusters.find(({ name }) => name === "prompt2mesh-nonprod");
  if (cluster === undefined) throw new Error("the fleet has no prompt2mesh-nonprod");
  const { rendered, problems } = synthesizeCluster(fleet, cluster, { ...readInputs(), followMain: true });
  if (rendered === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return {
    rendered,
    slice: (owner: string) => {
      const found = rendered.slices.find(({ slice }) => slice.owner === owner);
      if (found === undefined) throw new Error(`it does not run ${owner}`);
      return found;
    },
  };
}

export const prompt2meshNonprod = renderNonprod();
