import { describe, expect, test } from "vitest";
import { application, deployment, boardOf } from "./cluster-objects.ts";

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
