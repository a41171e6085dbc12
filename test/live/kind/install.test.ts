import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusterManifests } from "../../../scripts/verify/dist/manifests.ts";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { startControlPlane } from "../../../scripts/control-plane/start.ts";
import { installReconciler } from "../../../scripts/kind/install.ts";
import { startLoopback } from "../../../scripts/loopback/loopback.ts";
import type { Loopback } from "../../../scripts/loopback/loopback.ts";
import { packageStandIn } from "../../../scripts/stand-ins/charts/package.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { readTree } from "../../../scripts/tree/tree.ts";
import { distPath } from "../../../scripts/workspace.ts";
import { local } from "../../../clusters/local.ts";

const lacking = whyNoTools(["kube-apiserver", "etcd", "kwok", "helm"]);
if (lacking !== undefined) console.warn(`skipped install.test.ts: ${lacking}`);

/** The real Helm on a real API server, with a chart that stands in for Argo CD's, whose repository is not reached from here. */
describe.skipIf(lacking !== undefined)("installing the local cluster's reconciler", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-install-test-"));
  let plane: ControlPlane;
  let loopback: Loopback;

  beforeAll(async () => {
    const { manifests } = clusterManifests(readTree(distPath), "local");
    const objects = manifests.map(({ object }) => object);
    plane = await startControlPlane({
      folder,
      kubernetes: "1.35",
      nodeGroups: local.nodeGroups,
      provider: "kind",
    });
    loopback = await startLoopback({
      folder,
      objects,
      git: "http://127.0.0.1:9/",
      packageChart: packageStandIn,
    });
  });

  afterAll(async () => {
    await loopback?.stop();
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("brings the chart at its version and the bootstrap folder, and may be done again", async () => {
    const said: string[] = [];
    const options = {
      cluster: "local",
      reconciler: "argocd",
      kubeconfig: plane.kubeconfig,
      client: plane.client,
      environment: { PATH: process.env["PATH"], HOME: folder, ...loopback.environment },
      say: (line: string) => said.push(line),
    } as const;
    await installReconciler(options);
    await installReconciler(options);
    expect(said).toEqual(["installing argo-cd 10.1.1", "installing argo-cd 10.1.1"]);
    const releases = await plane.client.list({
      apiVersion: "v1",
      kind: "Secret",
      namespace: "argocd",
      labelSelector: "owner=helm,name=argo-cd",
    });
    expect(releases.map(({ metadata }) => metadata.name)).toEqual([
      "sh.helm.release.v1.argo-cd.v1",
      "sh.helm.release.v1.argo-cd.v2",
    ]);
    const application = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd" };
    expect(await plane.client.get({ ...application, name: "slipway" })).toMatchObject({
      spec: { source: { path: "dist/local/reconciler" } },
    });
  });
});
