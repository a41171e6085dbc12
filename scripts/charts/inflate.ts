import { join } from "node:path";
import { chartRequests } from "../../synth/charts/request.ts";
import type { ChartRequest } from "../../synth/charts/request.ts";
import type { Cluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Location } from "../../synth/model/problem.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { callDefinitions } from "../definition-errors.ts";
import { root } from "../root.ts";
import { chartCache } from "./cache.ts";
import type { ChartCache } from "./cache.ts";
import { checkRequest } from "./check-request.ts";
import { findHelm } from "./helm.ts";
import type { Helm } from "./helm.ts";
import { pullChart } from "./pull.ts";
import { renderChart } from "./render.ts";

interface Wanted {
  readonly request: ChartRequest;
  readonly at: Location;
}

/** Charts at once: pulling waits for the network, rendering for the processor. */
const atOnce = 4;

/**
 * What Helm prints for every chart that these clusters inflate, from the cache or pulled and rendered now.
 *
 * @param folder of the cache
 * @throws ProblemsError with what is wrong with any of them
 */
export async function inflateCharts(
  fleet: Fleet,
  clusters: readonly Cluster[],
  inputs: Inputs,
  folder: string = join(root, ".slipway/charts"),
): Promise<ReadonlyMap<string, string>> {
  const wanted = wantedCharts(fleet, clusters, inputs);
  const inflated = new Map<string, string>();
  if (wanted.length === 0) return inflated;
  const unsafe = wanted.flatMap(({ request, at }) => checkRequest(request, at));
  if (unsafe.length > 0) throw new ProblemsError(unsafe);
  const helm = await findHelm();
  const inflate = inflater(helm, chartCache(folder));
  const failures: unknown[] = [];
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        inflated.set(next.request.key, await inflate(next));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const bug = failures.find((error) => !(error instanceof ProblemsError));
  if (bug !== undefined) throw bug;
  const problems = failures.flatMap((error) => (error instanceof ProblemsError ? error.problems : []));
  if (problems.length > 0) throw new ProblemsError(problems);
  return inflated;
}

/** Each request once, whichever clusters share it. Problems of resolving are synth's to report. */
function wantedCharts(fleet: Fleet, clusters: readonly Cluster[], inputs: Inputs): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const cluster of clusters) {
    if (cluster.chartMode !== "inflate") continue;
    const { resolved } = callDefinitions(() => resolveCluster(fleet, cluster, inputs));
    if (resolved === undefined) continue;
    for (const [slice, request] of chartRequests(resolved, schemaSet(cluster.kubernetes))) {
      const at = { definition: slice.definition, cluster: cluster.name, object: slice.owner };
      if (!wanted.has(request.key)) wanted.set(request.key, { request, at });
    }
  }
  return [...wanted.values()];
}

function inflater(helm: Helm, cache: ChartCache): (wanted: Wanted) => Promise<string> {
  // One pull for all clusters that want a chart at the same moment.
  const pulls = new Map<string, Promise<string>>();
  const archiveOf = ({ request, at }: Wanted): Promise<string> => {
    const { repository, name, version, digest } = request;
    const id = JSON.stringify([repository, name, version, digest]);
    const pull =
      pulls.get(id) ?? pullChart(helm, request, at).then((content) => cache.keepArchive(request, content));
    pulls.set(id, pull);
    return pull;
  };
  return async (wanted) => {
    const { request, at } = wanted;
    const known = cache.rendered(request, helm.version);
    if (known !== undefined) return known;
    const archive = cache.archive(request) ?? (await archiveOf(wanted));
    const text = await renderChart(helm, archive, request, at);
    cache.keepRendered(request, helm.version, text);
    return text;
  };
}
