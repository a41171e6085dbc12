import { beforeAll, describe, expect, test } from "vitest";
import { newClusterWorld } from "./harness/cluster-world.ts";
import type { ClusterWorld } from "./harness/cluster-world.ts";
import { whyNoCluster } from "./harness/live-cluster.ts";
import { testedCluster } from "./harness/tested-cluster.ts";
import { pythonOrNone } from "./harness/world.ts";

const cluster = testedCluster("conversation-dev");
const app = "conversation-platform-dev";
const python = await pythonOrNone("deploy-flux.test.ts");
const missing = whyNoCluster(cluster);
if (missing !== undefined) console.warn(`skipped deploy-flux.test.ts: ${missing}`);

describe.skipIf(python === undefined || missing !== undefined)("slipway aws deploy-all, with Flux", () => {
  let world: ClusterWorld;

  beforeAll(async () => {
    if (python !== undefined) world = await newClusterWorld(python, cluster);
  });

  const aws = (command: string, ...options: readonly string[]) =>
    world.run(["aws", command, cluster.name, "--kubeconfig", world.live.plane.kubeconfig, ...options]);
  const deployAll = (...options: readonly string[]) =>
    aws("deploy-all", "--yes", "--push", "--no-smoke-checks", ...options);

  test("a dry run names what would be installed and applied, the FluxInstance too", async () => {
    const { status, stdout, stderr } = await aws("install-alb-controller", "--dry-run");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "reconciler of conversation-dev: planned\n" });
    expect(stderr).toContain("would install, unless they are there: flux 0.58.1");
    expect(stderr).toMatch(/would apply: .*bootstrap\/GitRepository.*FluxInstance\.flux\.yaml/);
  });

  test("makes the stacks and brings the facts to main, and stops at secrets without values", async () => {
    const { status, stderr } = await deployAll("--wait", "0");
    expect(status, stderr).toBe(1);
    expect(stderr).toMatch(/conversation-dev\/\S+ has no value/);
  });

  test("before there is a reconciler, deploy-app says what installs one", async () => {
    const { status, stderr } = await aws("deploy-app", "--wait", "0");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain("npm run slipway -- aws install-alb-controller conversation-dev");
  });

  test("installs the operator, has it install Flux, and sees the app Ready at what main holds", async () => {
    await world.hands.fillSecrets();
    world.allowLoadBalancers();
    const { status, stdout, stderr } = await deployAll("--wait", "8");
    expect(status, `${stderr}\n${world.live.complaints().join("\n")}`).toBe(0);
    expect(stdout).toBe("conversation-dev: done\n");
    expect(stderr).toContain("installing flux: flux-operator ");
    const head = world.clone.git("rev-parse", "HEAD").trim();
    expect(stderr).toContain(`${app}: Applied revision: main@sha1:${head}`);
  });

  test("does nothing the next time", async () => {
    const { status, stdout, stderr } = await deployAll("--wait", "2");
    expect(status, stderr).toBe(0);
    expect(stdout).toBe("conversation-dev: unchanged\n");
  });
});
