import { beforeAll, describe, expect, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import { eventually } from "../control-plane/plane.ts";
import { newClusterWorld } from "./harness/cluster-world.ts";
import type { ClusterWorld } from "./harness/cluster-world.ts";
import { whyNoCluster } from "./harness/live-cluster.ts";
import { cluster } from "./harness/tested-cluster.ts";
import { pythonOrNone } from "./harness/world.ts";

const python = await pythonOrNone("deploy-all.test.ts");
const missing = whyNoCluster(cluster);
if (missing !== undefined) console.warn(`skipped deploy-all.test.ts: ${missing}`);

describe.skipIf(python === undefined || missing !== undefined)("slipway aws deploy-all, with Argo CD", () => {
  let world: ClusterWorld;

  beforeAll(async () => {
    if (python !== undefined) world = await newClusterWorld(python, cluster);
  });

  const aws = (command: string, ...options: readonly string[]) =>
    world.run(["aws", command, cluster.name, "--kubeconfig", world.live.plane.kubeconfig, ...options]);
  const deployAll = (...options: readonly string[]) =>
    aws("deploy-all", "--yes", "--no-smoke-checks", ...options);
  const records = async () => {
    const zones = ["route53", "list-hosted-zones-by-name", "--dns-name", "pelx.ai"];
    const [, zone = ""] =
      /"\/hostedzone\/(\w+)"/.exec(JSON.stringify(await world.account.aws(...zones))) ?? [];
    return JSON.stringify(
      await world.account.aws("route53", "list-resource-record-sets", "--hosted-zone-id", zone),
    );
  };

  test("stops where main has to hold the facts first, and says which files", async () => {
    const { status, stdout, stderr } = await deployAll("--wait", "0");
    expect(status, stderr).toBe(2);
    expect(stderr).toContain("clusters/facts/attractor-factory.json");
    expect(stdout).toContain("have to reach the branch that the reconciler follows");
  });

  test("with --push brings them there, and stops at secrets without values", async () => {
    const { status, stderr } = await deployAll("--push", "--wait", "0");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain("attractor-factory/attractor-factory/prod/postgres has no value");
    world.clone.git("fetch", "--quiet", fleet.repository.url, "main");
    expect(world.clone.git("log", "-1", "--format=%s", "FETCH_HEAD")).toBe(
      "Record what AWS says of attractor-factory\n",
    );
    expect(world.clone.git("status", "--porcelain")).toBe("");
  });

  test("installs Argo CD, and waits for no app for ever: it says which one, in Argo CD's words", async () => {
    await world.hands.fillSecrets();
    const { status, stderr } = await deployAll("--wait", "0");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain("installing argo-cd: argo-cd ");
    expect(stderr).toContain("attractor-factory-prod was not ready after 0 minutes: ");
  });

  test("calls the app not ready while its Ingress has no load balancer, and publishes no record", async () => {
    const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd" };
    const { client } = world.live.plane;
    await eventually(
      async () => {
        const app = await client.get({ ...application, name: "attractor-factory-prod" });
        const isApplied = text(app, "status", "operationState", "phase") === "Succeeded";
        return isApplied && text(app, "status", "health", "status") === "Progressing" ? app : undefined;
      },
      async () => JSON.stringify(await client.list(application)),
      300,
    );
    const waited = await aws("deploy-app", "--wait", "0");
    expect(waited.status, waited.stderr).toBe(1);
    expect(waited.stderr).toMatch(
      /attractor-factory-prod was not ready after 0 minutes: Synced, Progressing/,
    );
    const { status, stderr } = await aws("publish-dns", "--yes");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(
      "the Ingress of factory.pelx.ai has no load balancer yet: no record was published",
    );
    expect(await records()).not.toContain("factory.pelx.ai");
  });

  test("sees the app Synced and Healthy at what main holds, publishes the record, and is done", async () => {
    world.allowLoadBalancers();
    const { status, stdout, stderr } = await deployAll("--wait", "8");
    expect(status, `${stderr}\n${world.live.complaints().join("\n")}`).toBe(0);
    expect(stdout).toBe("attractor-factory: done\n");
    expect(stderr).toContain("attractor-factory-prod: Synced, Healthy");
    expect(await records()).toMatch(/factory\.pelx\.ai.*\.elb\.amazonaws\.com/);
  });

  test("does nothing the next time", async () => {
    const head = world.clone.git("rev-parse", "HEAD");
    const { status, stdout, stderr } = await deployAll("--push", "--wait", "2");
    expect(status, stderr).toBe(0);
    expect(stdout).toBe("attractor-factory: unchanged\n");
    expect(stderr).not.toContain("change set");
    expect(world.clone.git("rev-parse", "HEAD")).toBe(head);
  });
});
