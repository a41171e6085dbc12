import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFlux } from "../../../scripts/control-plane/flux.ts";
import type { RunningReconciler } from "../../../scripts/control-plane/reconciler.ts";
import { controlPlaneTools } from "../../../scripts/control-plane/start.ts";
import { connectKubernetes } from "../../../scripts/kubernetes/connect.ts";
import { startLoopback } from "../../../scripts/loopback/loopback.ts";
import type { Loopback } from "../../../scripts/loopback/loopback.ts";
import { packageStandIn } from "../../../scripts/stand-ins/charts/package.ts";
import { findTool, whyNoTools } from "../../../scripts/tools/find.ts";
import { number } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { at, namespace, startGarden } from "./garden.ts";
import type { Garden } from "./garden.ts";

const missing = whyNoTools([...controlPlaneTools, "helm", "source-controller", "kustomize-controller"]);
if (missing !== undefined) console.warn(`skipped helm-release.test.ts: ${missing}`);

const name = "metrics-server";
const source = "source.toolkit.fluxcd.io/v1";
const repository: KubernetesObject = {
  apiVersion: source,
  kind: "HelmRepository",
  metadata: { name, namespace },
  spec: { url: "https://kubernetes-sigs.github.io/metrics-server", interval: "1h" },
};

function release(values: object): KubernetesObject {
  return {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name, namespace },
    spec: {
      interval: "10m",
      driftDetection: { mode: "enabled" },
      serviceAccountName: "installer",
      chart: { spec: { chart: name, version: "3.13.1", sourceRef: { kind: "HelmRepository", name } } },
      values: { ...values },
    },
  };
}

/** What the account may do, beside keeping Helm's record. */
function rights(rules: readonly object[]): readonly KubernetesObject[] {
  const record = { apiGroups: [""], resources: ["secrets"], verbs: ["get", "create", "patch", "delete"] };
  const metadata = { name: "installer", namespace };
  const rbac = "rbac.authorization.k8s.io";
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: "Role",
      metadata,
      rules: [record, ...rules].map((rule) => ({ ...rule })),
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: rbac, kind: "Role", name: "installer" },
      subjects: [{ kind: "ServiceAccount", name: "installer", namespace }],
    },
  ];
}

const enough = [
  { apiGroups: [""], resources: ["serviceaccounts"], verbs: ["get", "create", "patch", "delete"] },
  { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "create", "patch", "delete"] },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ["get", "create", "patch", "delete"] },
];

describe.skipIf(missing !== undefined)("the stand-in for helm-controller", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-releases-"));
  const reference = at("helm.toolkit.fluxcd.io/v2", "HelmRelease", name);
  const deployment = at("apps/v1", "Deployment", name);
  const budget = at("policy/v1", "PodDisruptionBudget", name);
  let garden: Garden;
  let loopback: Loopback;
  let flux: RunningReconciler;

  beforeAll(async () => {
    const helm = await findTool("helm");
    loopback = await startLoopback({
      folder,
      objects: [repository, release({})],
      git: "http://127.0.0.1:1",
      packageChart: packageStandIn,
    });
    garden = await startGarden({
      kinds: [],
      helm: (plane) => ({
        helm,
        kubeVersion: "1.35.4",
        clientOf: (account) => connectKubernetes(plane.kubeconfigOf(account)),
      }),
    });
    flux = await startFlux(garden.plane, { environment: loopback.environment, say: () => undefined });
  });

  afterAll(async () => {
    await flux?.stop();
    await garden?.stop();
    await loopback?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a release whose account lacks a right says which, and installs nothing with another's", async () => {
    for (const object of rights([])) await garden.client.apply(object);
    await garden.client.apply(repository);
    await garden.client.apply(release({ replicas: 2, podDisruptionBudget: { maxUnavailable: 1 } }));
    await garden.eventually(async () =>
      (await garden.conditionOf(reference)).includes("cannot patch resource"),
    );
    expect(await garden.conditionOf(reference)).toContain("system:serviceaccount:garden:installer");
    expect(await garden.client.get(deployment)).toBeUndefined();
  });

  test("once it has the right, source-controller's chart is installed and waited for", async () => {
    for (const object of rights(enough)) await garden.client.apply(object);
    await garden.eventually(async () => (await garden.conditionOf(reference)).startsWith("True"));
    expect(number(await garden.client.get(deployment), "status", "availableReplicas")).toBe(2);
    expect(await garden.client.get(budget)).toBeDefined();
  });

  test("what was deleted or edited is as it was after the next look", async () => {
    await garden.client.delete(budget);
    await garden.client.scale(deployment, 0);
    await flux.refresh();
    await garden.eventually(async () => (await garden.client.get(budget)) !== undefined);
    await garden.eventually(
      async () => number(await garden.client.get(deployment), "status", "availableReplicas") === 2,
    );
  });

  test("what other values no longer render is removed", async () => {
    await garden.client.apply(release({ replicas: 1, podDisruptionBudget: { maxUnavailable: "" } }));
    await garden.eventually(async () => (await garden.client.get(budget)) === undefined);
    await garden.eventually(
      async () => number(await garden.client.get(deployment), "spec", "replicas") === 1,
    );
  });

  test("a deleted release takes everything of it along", async () => {
    await garden.client.delete(reference);
    await garden.eventually(async () => (await garden.client.get(reference)) === undefined);
    expect(await garden.client.get(deployment)).toBeUndefined();
    expect(await garden.client.get(at(source, "HelmChart", `${namespace}-${name}`))).toBeUndefined();
    expect(loopback.refusals).toEqual([]);
  });
});
