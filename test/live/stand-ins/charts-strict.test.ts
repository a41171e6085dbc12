import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fleet } from "../../../clusters/fleet.ts";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { establishCrds } from "../../../scripts/control-plane/crds.ts";
import { controlPlaneTools, startControlPlane } from "../../../scripts/control-plane/start.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../../synth/objects/plain.ts";
import { objectsOf } from "./dist-objects.ts";
import { releasesOf, render } from "./releases.ts";

const missing = whyNoTools([...controlPlaneTools, "helm"]);
if (missing !== undefined) console.warn(`skipped charts-strict.test.ts: ${missing}`);

/** Reconcilers drop what the API server does not know; whether a stand-in misspells a field shows only when it is asked. */
describe.skipIf(missing !== undefined)(
  "the API server takes every object of stand-in charts, strictly",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-charts-"));
    const asked = new Set<string>();
    let plane: ControlPlane;

    beforeAll(async () => {
      plane = await startControlPlane({ folder, kubernetes: "1.35", nodeGroups: [] });
    });
    afterAll(async () => {
      await plane.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test.each(fleet.clusters.map(({ name }) => name))("of %s", async (cluster) => {
      // Clusters have much in common; what was taken once need not be asked again.
      const releases = releasesOf(objectsOf(cluster)).filter(
        (release) => !asked.has(JSON.stringify(release)),
      );
      const objects: KubernetesObject[] = [];
      for (const release of releases) {
        asked.add(JSON.stringify(release));
        await plane.client.apply(namespace(release.namespace));
        objects.push(...(await render(release, folder)).filter(isKubernetesObject));
      }
      // Another chart may bring the definition of what one holds.
      await establishCrds(plane.client, objects.filter(isDefinition));
      for (const object of objects.filter((each) => !isDefinition(each))) {
        const home = object.metadata.namespace;
        if (home !== undefined) await plane.client.apply(namespace(home));
        const taken = plane.client.apply(object, { dryRun: true });
        await expect(taken, objectName(object)).resolves.toBeDefined();
      }
    });

    test("and refuses one with a field that it does not know", async () => {
      const object = { ...namespace("misspelt"), specs: {} };
      await expect(plane.client.apply(object, { dryRun: true })).rejects.toThrow(/specs/);
    });
  },
);

function isDefinition({ kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition";
}

function namespace(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
