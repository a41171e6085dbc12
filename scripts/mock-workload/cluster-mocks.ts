import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { callDefinitions } from "../definition-errors.ts";
import { gatherInputs } from "../workspace.ts";
import { mockImages } from "./images.ts";
import type { MockImage } from "./images.ts";

/**
 * The images of our own that a cluster runs from this machine, with what mocks of them have to honour.
 *
 * @throws ProblemsError if it does not render, or a container would pass a mock by
 */
export async function clusterMocks(fleet: Fleet, cluster: Cluster): Promise<readonly MockImage[]> {
  const inputs = await gatherInputs(fleet, [cluster]);
  const { rendered, problems } = callDefinitions(() => synthesizeCluster(fleet, cluster, inputs));
  if (rendered === undefined) throw new ProblemsError(problems);
  return mockImages(rendered);
}
