import { describe, expect, test } from "vitest";
import { Board } from "../../scripts/dashboard/board.ts";
import { fluxEntry } from "../../scripts/dashboard/inventory.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

type Content = Readonly<Record<string, Json>>;

function application(
  name: string,
  status: Content,
  labels: Readonly<Record<string, string>> = {},
): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd", labels },
    spec: { source: { path: "dist/local/reconciler" } },
    status,
  };
}

function kustomization(
  name: string,
  conditions: readonly Content[],
  further: Content = {},
): KubernetesObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system", generation: 2 },
    spec: { path: `./dist/conversation-dev/controllers/${name}` },
    status: { observedGeneration: 2, conditions, ...further },
  };
}

function deployment(available: number): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", generation: 1 },
    spec: { replicas: 2 },
    status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: available },
  };
}

function boardOf(...objects: readonly KubernetesObject[]): Board {
  const board = new Board();
  for (const object of objects) board.apply({ type: "added", object });
  return board;
}

const listed = [
  { group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "web", status: "Synced" },
  { version: "v1", kind: "Secret", namespace: "shop", name: "web", status: "OutOfSync" },
];

describe("an Application", () => {
  test("is shown with its layer, its sync and health, and the commit that it has", () => {
    const sync = { status: "Synced", revision: "0123456789abcdef0123456789abcdef01234567" };
    const [part] = boardOf(
      application("traefik", { sync, health: { status: "Healthy" } }, { "slipway.dev/layer": "controllers" }),
    ).parts();
    expect(part).toEqual({
      id: "Application argocd/traefik",
      kind: "Application",
      name: "traefik",
      layer: "controllers",
      sync: "synced",
      health: "healthy",
      revision: "01234567",
      objects: [],
    });
  });

  test("of several sources has the revision of each", () => {
    const revisions = ["2.0.0", "0123456789abcdef0123456789abcdef01234567"];
    const [part] = boardOf(
      application("external-secrets", { sync: { status: "Synced", revisions } }),
    ).parts();
    expect(part?.revision).toBe("2.0.0 01234567");
  });

  test("without a layer is the one that brings the others, and comes first", () => {
    const health = { health: { status: "Progressing" } };
    const board = boardOf(
      application("a", health, { "slipway.dev/layer": "applications" }),
      application("slipway", health),
    );
    expect(board.parts().map(({ name, layer }) => `${layer}: ${name}`)).toEqual([
      "bootstrap: slipway",
      "applications: a",
    ]);
  });

  test("tells why its last sync failed, with each object that was refused", () => {
    const [part] = boardOf(
      application("web", {
        sync: { status: "OutOfSync" },
        operationState: {
          phase: "Failed",
          message: "one or more objects failed to apply",
          syncResult: {
            resources: [
              { kind: "Deployment", name: "web", status: "SyncFailed", message: "field is immutable" },
              { kind: "Service", name: "web", status: "Synced", message: "service/web configured" },
            ],
          },
        },
        conditions: [
          { type: "ComparisonError", message: "failed to list refs" },
          { type: "OrphanedResourceWarning", message: "not an error" },
        ],
      }),
    ).parts();
    expect(part?.error).toBe(
      "failed to list refs\none or more objects failed to apply\nDeployment web: field is immutable",
    );
  });

  test("that is synced again forgets the error of before", () => {
    const [part] = boardOf(
      application("web", {
        sync: { status: "Synced" },
        health: { status: "Healthy" },
        operationState: { phase: "Succeeded", message: "successfully synced" },
      }),
    ).parts();
    expect(part).not.toHaveProperty("error");
    expect(part).not.toHaveProperty("note");
  });
});

describe("a Kustomization", () => {
  const ready = {
    type: "Ready",
    status: "True",
    reason: "ReconciliationSucceeded",
    message: "Applied revision",
  };

  test("is synced when it is ready, with the commit that it has", () => {
    const further = { lastAppliedRevision: "main@sha1:89abcdef0123456789abcdef0123456789abcdef" };
    const [part] = boardOf(kustomization("cert-manager", [ready], further)).parts();
    expect(part).toMatchObject({
      layer: "controllers",
      sync: "synced",
      health: "healthy",
      revision: "89abcdef",
    });
  });

  test.each([
    ["DependencyNotReady", "False", { sync: "waiting", health: "progressing", note: "it says so" }],
    ["Progressing", "Unknown", { sync: "syncing", health: "progressing", note: "it says so" }],
    ["BuildFailed", "False", { sync: "out-of-sync", health: "degraded", error: "BuildFailed: it says so" }],
    [
      "HealthCheckFailed",
      "False",
      { sync: "out-of-sync", health: "degraded", error: "HealthCheckFailed: it says so" },
    ],
  ])("with the reason %s is told apart", (reason, status, expected) => {
    const condition = { type: "Ready", status, reason, message: "it says so" };
    expect(boardOf(kustomization("web", [condition])).parts()[0]).toMatchObject(expected);
  });

  test("whose last change was not looked at yet is not taken for ready", () => {
    const [part] = boardOf(kustomization("web", [ready], { observedGeneration: 1 })).parts();
    expect(part).toMatchObject({ sync: "syncing", health: "progressing" });
  });

  test("that is suspended says that git is not followed", () => {
    const object = {
      ...kustomization("web", [ready]),
      spec: { path: "./dist/c/controllers/web", suspend: true },
    };
    expect(boardOf(object).parts()[0]).toMatchObject({
      health: "suspended",
      note: expect.stringContaining("git"),
    });
  });

  test("becomes unwell with its objects, which it looks at only when it applies them", () => {
    const inventory = { entries: [{ id: "shop_web_apps_Deployment", v: "v1" }] };
    const board = boardOf(kustomization("web", [ready], { inventory }), deployment(2));
    expect(board.parts()[0]).toMatchObject({ sync: "synced", health: "healthy" });
    board.apply({ type: "modified", object: deployment(1) });
    expect(board.parts()[0]).toMatchObject({ sync: "synced", health: "progressing" });
  });

  test("lists its objects by ids that are read back, and passes over others", () => {
    expect(fluxEntry("_system__controller_rbac.authorization.k8s.io_ClusterRole", "v1")).toEqual({
      namespace: "",
      name: "system:controller",
      group: "rbac.authorization.k8s.io",
      version: "v1",
      kind: "ClusterRole",
    });
    expect(fluxEntry("nonsense", "v1")).toBeUndefined();
  });
});

describe("the objects of a part", () => {
  const synced = { sync: { status: "Synced" }, health: { status: "Healthy" }, resources: listed };

  test("are unknown until their kind has been read, then missing unless they were seen", () => {
    const board = boardOf(application("web", synced));
    const [first] = board.parts()[0]?.objects ?? [];
    expect(first).toMatchObject({ kind: "Deployment", health: "unknown" });
    board.knowAll("apps/Deployment");
    expect(board.parts()[0]?.objects[0]).toMatchObject({ health: "missing" });
    board.apply({ type: "added", object: deployment(1) });
    expect(board.parts()[0]?.objects[0]).toMatchObject({
      health: "progressing",
      message: "1 of 2 available",
    });
    board.apply({ type: "deleted", object: deployment(1) });
    expect(board.parts()[0]?.objects[0]).toMatchObject({ health: "missing" });
  });

  test("that may not be read say why", () => {
    const board = boardOf(application("web", synced));
    board.cannotRead("apps/Deployment", "deployments is forbidden");
    expect(board.parts()[0]?.objects[0]).toMatchObject({
      health: "unknown",
      message: "deployments is forbidden",
    });
  });

  test("are watched where they can be unwell, and Secrets never", () => {
    expect(boardOf(application("web", synced)).kindsToWatch()).toEqual([
      { apiVersion: "apps/v1", kind: "Deployment" },
    ]);
  });

  test("that are well by being there have no health of their own", () => {
    const [, secret] = boardOf(application("web", synced)).parts()[0]?.objects ?? [];
    expect(secret).toEqual({
      id: "/Secret shop/web",
      kind: "Secret",
      namespace: "shop",
      name: "web",
      sync: "out-of-sync",
    });
  });
});

test("a part that is deleted is gone", () => {
  const object = application("web", {});
  const board = boardOf(object);
  board.apply({ type: "deleted", object });
  expect(board.parts()).toEqual([]);
});
