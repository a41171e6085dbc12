import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conversationDev } from "../../../clusters/conversation-dev.ts";
import { local } from "../../../clusters/local.ts";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { crdsIn, establishCrds } from "../../../scripts/control-plane/crds.ts";
import { startControlPlane } from "../../../scripts/control-plane/start.ts";
import { installReconciler } from "../../../scripts/kind/install.ts";
import { startLoopback } from "../../../scripts/loopback/loopback.ts";
import type { Loopback } from "../../../scripts/loopback/loopback.ts";
import { packageStandIn } from "../../../scripts/stand-ins/charts/package.ts";
import { startStandIns } from "../../../scripts/stand-ins/start.ts";
import type { StandIns } from "../../../scripts/stand-ins/start.ts";
import { fileBeside, findTools, whyNoTools } from "../../../scripts/tools/find.ts";
import { readTree } from "../../../scripts/tree/tree.ts";
import { clusterManifests } from "../../../scripts/verify/dist/manifests.ts";
import { distPath } from "../../../scripts/workspace.ts";

const fluxControllers = ["source-controller", "kustomize-controller"] as const;
const lacking = whyNoTools(["kube-apiserver", "etcd", "kwok", "helm", ...fluxControllers]);
if (lacking !== undefined) console.warn(`skipped install.test.ts: ${lacking}`);

/** What each reconciler's installation says, and what is there afterwards. */
const cases = [
  {
    cluster: local,
    said: ["installing argo-cd 10.1.1"],
    release: { namespace: "argocd", name: "argo-cd" },
    first: { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd", name: "slipway" },
  },
  {
    cluster: conversationDev,
    said: ["installing flux-operator 0.58.1", "waiting for FluxInstance/flux-system/flux"],
    release: { namespace: "flux-system", name: "flux" },
    first: {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      namespace: "flux-system",
      name: "slipway",
    },
  },
];

/** The real Helm on a real API server; the charts stand in for those whose repositories are not reached from here. */
describe.skipIf(lacking !== undefined).each(cases)(
  "installing the reconciler of $cluster.name",
  (expected) => {
    const { cluster, said, release, first } = expected;
    const folder = mkdtempSync(join(tmpdir(), "slipway-install-test-"));
    let plane: ControlPlane;
    let loopback: Loopback;
    let standIns: StandIns;

    beforeAll(async () => {
      const { manifests } = clusterManifests(readTree(distPath), cluster.name);
      const objects = manifests.map(({ object }) => object);
      const { kubernetes, nodeGroups } = cluster;
      plane = await startControlPlane({ folder, kubernetes, nodeGroups, provider: "kind" });
      loopback = await startLoopback({
        folder,
        objects,
        git: "http://127.0.0.1:9/",
        packageChart: packageStandIn,
      });
      standIns = await startStandIns({ client: plane.client, folder, objects, secrets: [] });
      if (cluster.reconciler === "flux") {
        // The Flux that the operator makes of its instance brings them.
        const tools = await findTools(fluxControllers);
        const crds = fluxControllers.flatMap((name) => crdsIn(fileBeside(tools[name], "crds")));
        await establishCrds(plane.client, crds);
      }
    });

    afterAll(async () => {
      await standIns?.stop();
      await loopback?.stop();
      await plane?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test("brings the chart at its version and the bootstrap folder, and may be done again", async () => {
      const lines: string[] = [];
      const options = {
        cluster: cluster.name,
        reconciler: cluster.reconciler,
        kubeconfig: plane.kubeconfig,
        client: plane.client,
        environment: { PATH: process.env["PATH"], HOME: folder, ...loopback.environment },
        say: (line: string) => lines.push(line),
      };
      await installReconciler(options);
      await installReconciler(options);
      expect(lines).toEqual([...said, ...said]);
      const { namespace, name } = release;
      const labelSelector = `owner=helm,name=${name}`;
      const secrets = await plane.client.list({ apiVersion: "v1", kind: "Secret", namespace, labelSelector });
      expect(secrets.map(({ metadata }) => metadata.name)).toEqual([
        `sh.helm.release.v1.${name}.v1`,
        `sh.helm.release.v1.${name}.v2`,
      ]);
      const found = await plane.client.get(first);
      expect(JSON.stringify(found?.["spec"])).toContain(`dist/${cluster.name}/reconciler"`);
    });
  },
);
