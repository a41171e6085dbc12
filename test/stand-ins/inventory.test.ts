import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { referencesIn } from "../../scripts/stand-ins/helm/inventory.ts";

/** As Helm stores a release: JSON, zipped, in base64, which the Secret's own base64 holds. */
function recordOfHelm(manifest: string): string {
  const zipped = gzipSync(JSON.stringify({ name: "flux", version: 1, manifest })).toString("base64");
  return Buffer.from(zipped).toString("base64");
}

test("a release that Helm installed is known by its manifest, with what outlives it", () => {
  const manifest = `---
# Source: flux-operator/templates/a.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: flux-operator, namespace: flux-system }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: fluxinstances.fluxcd.controlplane.io, annotations: { helm.sh/resource-policy: keep } }
`;
  expect(referencesIn(recordOfHelm(manifest))).toEqual([
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      name: "flux-operator",
      namespace: "flux-system",
      keep: false,
    },
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      name: "fluxinstances.fluxcd.controlplane.io",
      keep: true,
    },
  ]);
});

test("a release of the stand-in is known by its list", () => {
  const objects = [{ apiVersion: "v1", kind: "ConfigMap", name: "a", namespace: "b", keep: false }];
  expect(referencesIn(gzipSync(JSON.stringify({ objects })).toString("base64"))).toEqual(objects);
});
