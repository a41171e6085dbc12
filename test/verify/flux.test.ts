import { describe, expect, test } from "vitest";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { fluxView } from "../../scripts/verify/reconcilers/flux.ts";
import type { Manifest } from "../../scripts/verify/dist/manifests.ts";

function kustomization(status: Json | undefined): KubernetesObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name: "shop", namespace: "flux-system", generation: 2 },
    ...(status !== undefined && { status }),
  };
}

const manifest: Manifest = {
  path: "a/reconciler/Kustomization.shop.yaml",
  folder: "reconciler",
  slice: undefined,
  owner: "shop",
  definition: "apps/shop/app.ts",
  object: kustomization(undefined),
};
const ready = (status: string, reason: string, message = "") => ({
  conditions: [{ type: "Ready", status, reason, message }],
});
const well = {
  ...ready("True", "ReconciliationSucceeded"),
  observedGeneration: 2,
  lastAppliedRevision: "main@sha1:c0ffee",
};

describe("a Kustomization is waited for", () => {
  test.each<[string, Json | undefined, readonly string[]]>([
    ["no more once it is Ready at the commit", well, []],
    [
      "while it is at an older commit",
      { ...well, lastAppliedRevision: "main@sha1:old" },
      ["Kustomization/flux-system/shop: ReconciliationSucceeded, not at this commit"],
    ],
    [
      "while its newest generation was not looked at",
      { ...well, observedGeneration: 1 },
      ["Kustomization/flux-system/shop: ReconciliationSucceeded"],
    ],
    [
      "while it waits for another",
      { ...well, ...ready("False", "DependencyNotReady", "dependency not ready") },
      ["Kustomization/flux-system/shop: DependencyNotReady: dependency not ready"],
    ],
  ])("%s", (_when, status, waiting) => {
    expect(fluxView.waiting([kustomization(status)], [manifest], "c0ffee")).toEqual(waiting);
  });
});

describe("a Kustomization complains", () => {
  test("of what it could not apply, and not of what it waits for", () => {
    expect(fluxView.troubleOf(kustomization(ready("False", "DependencyNotReady")))).toBeUndefined();
    expect(fluxView.troubleOf(kustomization(ready("Unknown", "Progressing")))).toBeUndefined();
    expect(
      fluxView.troubleOf(
        kustomization(ready("False", "ReconciliationFailed", "ConfigMap/shop/web: forbidden")),
      ),
    ).toEqual({
      name: "shop",
      object: "Kustomization/flux-system/shop",
      message: "ReconciliationFailed: ConfigMap/shop/web: forbidden",
    });
  });
});
