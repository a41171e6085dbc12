import { describe, expect, test } from "vitest";
import { fluxEntry } from "../../scripts/dashboard/inventory.ts";
import { kustomization, deployment, boardOf } from "./cluster-objects.ts";

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
