import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import { startApiServer } from "./api-server.ts";
import type { ApiServer } from "./api-server.ts";
import { serveArgoChart } from "./argo-chart.ts";
import { atEnd } from "./endings.ts";
import { hands } from "./hands.ts";
import type { Hands } from "./hands.ts";
import { newWorld } from "./world.ts";
import type { World } from "./world.ts";

/** A world with a cluster's API in it, for Helm to install a reconciler that only has its kinds. */
export interface ClusterWorld extends World {
  readonly api: ApiServer;
  readonly hands: Hands;
}

export async function newClusterWorld(python: PythonEnvironment): Promise<ClusterWorld> {
  // First, because it puts Helm on PATH, which packages the chart.
  const api = await startApiServer();
  const charts = await serveArgoChart();
  atEnd(async () => {
    await api.stop();
    await charts.close();
  });
  const world = await newWorld(python, (clone) => {
    clone.edit("platform/argo-cd.ts", "https://argoproj.github.io/argo-helm", `http://${charts.host}/charts`);
    clone.edit("platform/argo-cd.ts", '"10.1.1"', '"1.0.0"');
  });
  return { ...world, api, hands: hands(python, world, api) };
}
