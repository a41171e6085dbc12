import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseProjects } from "../../../scripts/control-plane/argocd-projects.ts";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import { crdsIn, establishCrds } from "../../../scripts/control-plane/crds.ts";
import { fileBeside, findTool } from "../../../scripts/tools/find.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import { application, project } from "./argocd-objects.ts";
import { eventually, skipReason, startPlane, temporaryFolder } from "./plane.ts";

const folder = temporaryFolder();
const reference = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AppProject",
  namespace: "argocd",
  name: "held",
};
let plane: ControlPlane;
let stop: () => Promise<void>;

const version = async () => text(await plane.client.get(reference), "metadata", "resourceVersion");

/** Resolves once the project is left alone for some seconds. */
async function untilLeftAlone(seconds: number): Promise<void> {
  let last: string | undefined;
  let since = Date.now();
  await eventually(async () => {
    const now = await version();
    if (now !== last) since = Date.now();
    last = now;
    return Date.now() - since > seconds * 1000 ? true : undefined;
  });
}

describe.skipIf(skipReason("argocd") !== undefined)(
  "a project that something else than Argo CD holds",
  () => {
    beforeAll(async () => {
      plane = await startPlane(folder.path);
      await plane.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "argocd" } });
      await establishCrds(plane.client, crdsIn(fileBeside(await findTool("argocd"), "crds")));
      const url = "https://example.com/shop.git";
      // No Argo CD runs here: its finalizer is never taken off.
      await plane.client.apply(project("held", url, ["ConfigMap"]));
      const { metadata, ...rest } = application("held", url, "app", "1s");
      await plane.client.apply({ ...rest, metadata: { name: metadata.name, namespace: "argocd" } });
      stop = releaseProjects(plane.client);
    });
    afterAll(async () => {
      await stop();
      await plane.stop();
      folder.remove();
    });

    test("is changed once its last Application has gone, and left alone after a while", async () => {
      await plane.client.delete(reference);
      const before = await version();
      await untilLeftAlone(1);
      expect(await version()).toBe(before);
      await plane.client.delete({ ...reference, kind: "Application" });
      await eventually(async () => ((await version()) === before ? undefined : true));
      await untilLeftAlone(2);
      expect(await plane.client.get(reference)).toBeDefined();
    });
  },
);
