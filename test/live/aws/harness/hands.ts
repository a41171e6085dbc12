import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PythonEnvironment } from "../../../../scripts/python/environment.ts";
import type { ApiServer } from "./api-server.ts";
import { beside } from "./beside.ts";
import { cluster } from "./world.ts";
import type { World } from "./world.ts";

/**
 * People and controllers: somebody who knows the values of secrets, Argo CD, which makes Applications and calls them healthy,
 * and the load balancer controller. Each acts when what it waits for is there.
 */
export interface Hands {
  /** Puts a value into every entry of Secrets Manager. */
  readonly fillSecrets: () => Promise<void>;
  /** Takes up what main holds. False while the bootstrap is not there. */
  readonly reconcile: () => boolean;
  /** Gives the Ingress of the app a load balancer. */
  readonly giveLoadBalancer: () => Promise<string>;
  /** All of it, again and again, until the returned function is called. */
  readonly work: () => () => Promise<void>;
}

const ingress = "applications/attractor-factory-prod/3-serve/Ingress.attractor-factory.yaml";

export function hands(python: PythonEnvironment, world: World, api: ApiServer): Hands {
  const dist = join(world.clone.root, "dist", cluster.name);
  const ask = (...what: readonly string[]) => beside(python, world.moto.url, cluster.region, ...what);
  const has = (...args: readonly string[]): boolean => {
    try {
      api.kubectl(["get", ...args]);
      return true;
    } catch {
      return false;
    }
  };
  const fillSecrets = async () => void (await ask("fill-secrets", `${cluster.name}/`));
  const reconcile = (): boolean => {
    if (!has("applications.argoproj.io", "slipway", "--namespace", "argocd")) return false;
    world.clone.git("fetch", "--quiet", "https://github.com/example/slipway.git", "main");
    const revision = world.clone.git("rev-parse", "FETCH_HEAD").trim();
    const status = { sync: { status: "Synced", revision }, health: { status: "Healthy" } };
    const patch = ["--type", "merge", "--patch", JSON.stringify({ status })];
    api.kubectl(["apply", "--server-side", "--filename", join(dist, "reconciler")]);
    const names = readdirSync(join(dist, "reconciler")).flatMap(
      (file) => /^Application\.(.*)\.yaml$/.exec(file)?.[1] ?? [],
    );
    api.kubectl([
      "patch",
      "applications.argoproj.io",
      ...names,
      "slipway",
      "--namespace",
      "argocd",
      ...patch,
    ]);
    return true;
  };
  const giveLoadBalancer = async () => {
    const vpc = JSON.parse(world.clone.read(`clusters/facts/${cluster.name}.json`)).vpcId;
    const hostname = await ask("load-balancer", "factory", vpc);
    if (!has("namespace", "factory-system")) api.kubectl(["create", "namespace", "factory-system"]);
    api.kubectl(["apply", "--server-side", "--filename", join(dist, ingress)]);
    const status = { loadBalancer: { ingress: [{ hostname }] } };
    const object = ["ingress", "attractor-factory", "--namespace", "factory-system"];
    api.kubectl([
      "patch",
      ...object,
      "--subresource",
      "status",
      "--type",
      "merge",
      "--patch",
      JSON.stringify({ status }),
    ]);
    return hostname;
  };
  return { fillSecrets, reconcile, giveLoadBalancer, work };

  function work(): () => Promise<void> {
    const over = new AbortController();
    const loop = async (isServed: boolean): Promise<void> => {
      if (over.signal.aborted) return;
      await fillSecrets();
      const serves = reconcile() && !isServed;
      if (serves) await giveLoadBalancer();
      await sleep(2000);
      await loop(isServed || serves);
    };
    const done = loop(false);
    return async () => {
      over.abort();
      await done;
    };
  }
}
