import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { isReady } from "../../../scripts/stand-ins/conditions.ts";
import { eventually } from "../control-plane/plane.ts";
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

  /** Helm as a deployment runs it, killed when it has begun. */
  async function cutInstallationShort(): Promise<void> {
    const chart = ["oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator", "--version", "0.58.1"];
    const where = ["--namespace", "flux-system", "--create-namespace", "--wait"];
    const helm = spawn("helm", ["install", "flux", ...chart, ...where], {
      env: { ...process.env, ...world.account.env, KUBECONFIG: world.live.plane.kubeconfig },
      stdio: "ignore",
    });
    const gone = once(helm, "exit");
    const labelSelector = "owner=helm,name=flux,status=pending-install";
    await eventually(async () => {
      const releases = await world.live.plane.client.list({
        apiVersion: "v1",
        kind: "Secret",
        labelSelector,
      });
      return releases[0];
    });
    helm.kill("SIGKILL");
    await gone;
  }

  test("begins an installation again that was cut short, and waits for no app for ever", async () => {
    await world.hands.fillSecrets();
    await cutInstallationShort();
    const { status, stderr } = await deployAll("--wait", "0");
    expect(status, stderr).toBe(1);
    expect(stderr).toContain(
      "flux is pending-install: an installation was cut short; it is removed and begun again",
    );
    expect(stderr).toContain("installing flux: flux-operator ");
    expect(stderr).toContain(`${app} was not ready after 0 minutes: `);
  });

  test("has the operator install Flux, and sees the app Ready at what main holds", async () => {
    world.allowLoadBalancers();
    const { status, stdout, stderr } = await deployAll("--wait", "8");
    expect(status, `${stderr}\n${world.live.complaints().join("\n")}`).toBe(0);
    expect(stdout).toBe("conversation-dev: done\n");
    const head = world.clone.git("rev-parse", "HEAD").trim();
    expect(stderr).toContain(`${app}: Applied revision: main@sha1:${head}`);
  });

  test("is kept by Flux from then on, the operator that Helm installed too", async () => {
    const { client } = world.live.plane;
    const kustomizations = { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" };
    const waiting = async () => (await client.list(kustomizations)).filter((each) => !isReady(each));
    await eventually(
      async () => (await waiting()).length === 0 || undefined,
      async () => JSON.stringify(await waiting()),
    );
  });

  test("does nothing the next time", async () => {
    const { status, stdout, stderr } = await deployAll("--wait", "2");
    expect(status, stderr).toBe(0);
    expect(stdout).toBe("conversation-dev: unchanged\n");
  });
});
