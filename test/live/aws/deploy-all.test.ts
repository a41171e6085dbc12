import { beforeAll, describe, expect, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import { whyNoApiServer } from "./harness/api-server.ts";
import { newClusterWorld } from "./harness/cluster-world.ts";
import type { ClusterWorld } from "./harness/cluster-world.ts";
import { cluster, pythonOrNone } from "./harness/world.ts";

const python = await pythonOrNone("deploy-all.test.ts");
const missing = whyNoApiServer();
if (missing !== undefined) console.warn(`skipped deploy-all.test.ts: ${missing}`);

describe.skipIf(python === undefined || missing !== undefined)("slipway aws deploy-all", () => {
  let world: ClusterWorld;

  beforeAll(async () => {
    if (python !== undefined) world = await newClusterWorld(python);
  });

  const deployAll = (...options: readonly string[]) =>
    world.run([
      "aws",
      "deploy-all",
      cluster.name,
      "--kubeconfig",
      world.api.kubeconfig,
      "--no-smoke-checks",
      ...options,
    ]);
  const records = async () =>
    JSON.stringify(
      await world.account.aws("route53", "list-resource-record-sets", "--hosted-zone-id", await zoneId()),
    );
  const zoneId = async () => {
    const answer = JSON.stringify(
      await world.account.aws("route53", "list-hosted-zones-by-name", "--dns-name", "pelx.ai"),
    );
    return /"\/hostedzone\/(Z?\w+)"/.exec(answer)?.[1] ?? "";
  };

  test(
    "stops where main has to hold the facts first, and says which files",
    { timeout: 600_000 },
    async () => {
      const { status, stdout, stderr } = await deployAll("--yes", "--wait", "0");
      expect(status, stderr).toBe(2);
      expect(stderr).toContain("clusters/facts/attractor-factory.json");
      expect(stdout).toContain("have to reach the branch that the reconciler follows");
    },
  );

  test(
    "with --push brings them there, and stops at secrets without values",
    { timeout: 600_000 },
    async () => {
      const { status, stderr } = await deployAll("--yes", "--push", "--wait", "0");
      expect(status, stderr).toBe(1);
      expect(stderr).toContain("attractor-factory/attractor-factory/prod/postgres has no value");
      world.clone.git("fetch", "--quiet", fleet.repository.url, "main");
      expect(world.clone.git("log", "-1", "--format=%s", "FETCH_HEAD")).toBe(
        "Record what AWS says of attractor-factory\n",
      );
      expect(world.clone.git("status", "--porcelain")).toBe("");
    },
  );

  test("waits for no load balancer for ever, and says who it waits for", async () => {
    await world.hands.fillSecrets();
    const bootstrapped = await deployAll("--yes", "--wait", "0");
    expect(bootstrapped.stderr).toContain(
      "attractor-factory-prod was not ready after 0 minutes: not there yet",
    );
    expect(world.hands.reconcile()).toBe(true);
    const { status, stderr } = await deployAll("--yes", "--wait", "0");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(
      "the Ingress of factory.pelx.ai has no load balancer yet: no record was published",
    );
    expect(await records()).not.toContain("factory.pelx.ai");
  });

  test("publishes the record once there is one, and is done", async () => {
    const hostname = await world.hands.giveLoadBalancer();
    const { status, stdout, stderr } = await deployAll("--yes", "--wait", "0");
    expect(status, stderr).toBe(0);
    expect(stdout).toBe("attractor-factory: done\n");
    expect(await records()).toContain(hostname);
  });

  test("does nothing the next time", async () => {
    const head = world.clone.git("rev-parse", "HEAD");
    const { status, stdout, stderr } = await deployAll("--yes", "--push", "--wait", "0");
    expect(status, stderr).toBe(0);
    expect(stdout).toBe("attractor-factory: unchanged\n");
    expect(stderr).not.toContain("change set");
    expect(world.clone.git("rev-parse", "HEAD")).toBe(head);
  });
});
