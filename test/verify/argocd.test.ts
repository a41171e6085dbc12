import { describe, expect, test } from "vitest";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { complaining } from "../../scripts/verify/complaints.ts";
import { argocdView } from "../../scripts/verify/reconcilers/argocd.ts";
import type { Manifest } from "../../scripts/verify/dist/manifests.ts";

const commit = "c0ffee";

function application(
  name: string,
  status: Json,
  spec: Json = { source: { path: `dist/a/${name}` } },
): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd" },
    spec,
    status,
  };
}

const manifest = (name: string): Manifest => ({
  path: `a/reconciler/Application.${name}.yaml`,
  folder: "reconciler",
  slice: undefined,
  owner: name,
  definition: `platform/${name}.ts`,
  object: application(name, {}),
});

const well = { sync: { status: "Synced", revision: commit }, health: { status: "Healthy" } };

describe("an Application is waited for", () => {
  test.each<[string, KubernetesObject | undefined, readonly string[]]>([
    ["no more once it is Synced and Healthy at the commit", application("shop", well), []],
    ["while it is not there", undefined, ["shop: not yet there"]],
    [
      "while it is at an older commit",
      application("shop", { ...well, sync: { status: "Synced", revision: "old" } }),
      ["shop: Synced, Healthy, not at this commit"],
    ],
    [
      "while an operation runs",
      application("shop", { ...well, operationState: { phase: "Running" } }),
      ["shop: Synced, Healthy, syncing"],
    ],
    [
      "while it is not healthy",
      application("shop", { ...well, health: { status: "Progressing" } }),
      ["shop: Synced, Progressing"],
    ],
    [
      "whatever the commit, if it is a chart alone",
      application(
        "shop",
        { ...well, sync: { status: "Synced", revision: "1.2.3" } },
        { source: { chart: "shop" } },
      ),
      [],
    ],
  ])("%s", (_when, live, waiting) => {
    expect(argocdView.waiting(live === undefined ? [] : [live], [manifest("shop")], commit)).toEqual(waiting);
  });

  test("that dist no longer has, until it is gone", () => {
    expect(argocdView.waiting([application("old", well)], [], commit)).toEqual(["old: not yet gone"]);
  });
});

test("what is waited for counts as complaining only while dist has it: what is to go has lost its folder already", () => {
  const conditions = [{ type: "ComparisonError", message: "app path does not exist" }];
  const live = ["shop", "old", "calm"].map((name) =>
    application(name, { ...well, sync: { status: "Unknown" }, ...(name !== "calm" && { conditions }) }),
  );
  const manifests = ["shop", "calm"].map(manifest);
  const waiting = argocdView.waiting(live, manifests, commit);
  expect(waiting.map((line) => line.split(":")[0])).toEqual(["old", "shop", "calm"]);
  expect([...complaining(live, argocdView, waiting, manifests)]).toEqual(["Application/argocd/shop"]);
});

describe("an Application complains", () => {
  test("not while it is on its way", () => {
    expect(
      argocdView.troubleOf(application("shop", { operationState: { phase: "Running" } })),
    ).toBeUndefined();
  });

  test("of what its project refuses, object by object", () => {
    const resources = [
      { kind: "ConfigMap", namespace: "shop", name: "web", status: "Synced", message: "configured" },
      {
        kind: "Secret",
        namespace: "other",
        name: "loot",
        status: "SyncFailed",
        message: "namespace other is not permitted",
      },
    ];
    const status = {
      operationState: { phase: "Failed", message: "tasks are not valid", syncResult: { resources } },
    };
    expect(argocdView.troubleOf(application("shop", status))).toEqual({
      name: "shop",
      object: "Application/argocd/shop",
      message: "tasks are not valid; Secret/other/loot: namespace other is not permitted",
    });
  });

  test("of manifests that cannot be read", () => {
    const status = {
      conditions: [
        { type: "ComparisonError", message: "yaml: line 3" },
        { type: "OrphanedResourceWarning", message: "1" },
      ],
    };
    expect(argocdView.troubleOf(application("shop", status))?.message).toBe("ComparisonError: yaml: line 3");
  });

  test("of success that took more than one try", () => {
    const status = { ...well, operationState: { phase: "Succeeded", message: "done", retryCount: 2 } };
    expect(argocdView.troubleOf(application("shop", status))?.message).toBe("done; tried 3 times");
  });
});

const tracking = "argocd.argoproj.io/tracking-id";
const tracked = (id: string): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop", annotations: { [tracking]: id } },
});

describe("an object is of the Application", () => {
  test("that applied it", () => {
    expect(argocdView.appliedBy(tracked("shop-prod:apps/Deployment:shop/web"))).toBe("shop-prod");
  });

  test("and a copy that carries the same annotation is nobody's", () => {
    expect(argocdView.appliedBy(tracked("shop-prod:apps/Deployment:shop/api"))).toBeUndefined();
    expect(argocdView.appliedBy(tracked("shop-prod:apps/ReplicaSet:shop/web"))).toBeUndefined();
  });
});
