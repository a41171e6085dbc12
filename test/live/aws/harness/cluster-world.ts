import { delimiter } from "node:path";
import * as v from "valibot";
import { runProgram } from "../../../../scripts/process/run-program.ts";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import type { EksCluster } from "../../../../synth/model/cluster.ts";
import { factsPath } from "../../../../synth/model/paths.ts";
import { externalSecrets, loadBalancerController } from "./account-controllers.ts";
import { beside } from "./beside.ts";
import { hands } from "./hands.ts";
import type { Hands } from "./hands.ts";
import { startLiveCluster } from "./live-cluster.ts";
import type { LiveCluster } from "./live-cluster.ts";
import { newWorld } from "./world.ts";
import type { World } from "./world.ts";

/** A world with the cluster in it that EKS would have made. */
export interface ClusterWorld extends World {
  readonly live: LiveCluster;
  readonly hands: Hands;
  /** Lets the load balancer controller work, which waits until then. */
  readonly allowLoadBalancers: () => void;
}

const facts = v.object({ vpcId: v.string() });

export async function newClusterWorld(
  python: PythonEnvironment,
  definition: EksCluster,
): Promise<ClusterWorld> {
  const world = await newWorld(python, { definition });
  const { name: clusterName, eksName, region } = definition;
  let isAllowed = false;
  const makeLoadBalancer = async (name: string): Promise<string | undefined> => {
    if (!isAllowed) return undefined;
    const { vpcId } = v.parse(facts, JSON.parse(world.clone.read(factsPath(clusterName))));
    return beside(python, world.moto.url, region, "load-balancer", name, vpcId, eksName);
  };
  const live = await startLiveCluster(definition, world.clone, [
    loadBalancerController(makeLoadBalancer),
    externalSecrets(world.account),
  ]);
  const env = {
    ...live.env,
    ...(await wayOfNpm()),
    PATH: [...live.programs, world.account.env["PATH"]].join(delimiter),
  };
  return {
    ...world,
    live,
    hands: hands(python, world, definition, live.objects),
    allowLoadBalancers: () => (isAllowed = true),
    account: { ...world.account, env: { ...world.account.env, ...env } },
    run: (args, more) => world.run(args, { ...env, ...more }),
  };
}

/** A revision that a release is frozen at is rendered with the packages of its time: those come from where they always come from. */
async function wayOfNpm(): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await runProgram("npm", ["config", "get", "registry"]);
  const proxy = process.env["HTTPS_PROXY"] ?? process.env["https_proxy"];
  if (proxy !== undefined) return { npm_config_https_proxy: proxy };
  return { npm_config_noproxy: new URL(stdout.trim()).hostname };
}
