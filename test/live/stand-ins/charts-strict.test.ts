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
    const rendered = new Map<string, Promise<readonly KubernetesObject[]>>();
    let plane: ControlPlane;

    beforeAll(async () => {
      plane = await startControlPlane({ folder, kubernetes: "1.35", nodeGroups: [] });
    });
    afterAll(async () => {
      await plane.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test.each(fleet.clusters.map(({ name }) => name))("of %s", async (cluster) => {
      for (const release of releasesOf(objectsOf(cluster))) {
        const key = JSON.stringify(release);
        // Clusters have much in common; what was taken once need not be asked again.
        if (rendered.has(key)) continue;
        const objects = render(release, folder).then((all) => all.filter(isKubernetesObject));
        rendered.set(key, objects);
        await installDefinitions(await objects);
        await plane.client.apply(namespace(release.namespace));
        for (const object of (await objects).filter((each) => !isDefinition(each))) {
          const home = object.metadata.namespace;
          if (home !== undefined) await plane.client.apply(namespace(home));
          await expect(
            plane.client.apply(object, { dryRun: true }),
            objectName(object),
          ).resolves.toBeDefined();
        }
      }
    });

    test("and refuses one with a field that it does not know", async () => {
      const object = { ...namespace("misspelt"), specs: {} };
      await expect(plane.client.apply(object, { dryRun: true })).rejects.toThrow(/specs/);
    });

    function installDefinitions(objects: readonly KubernetesObject[]): Promise<void> {
      return establishCrds(plane.client, objects.filter(isDefinition));
    }
  },
);

function isDefinition({ kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition";
}

function namespace(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
