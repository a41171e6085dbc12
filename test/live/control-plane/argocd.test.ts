import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startArgoCd } from "../../../scripts/control-plane/argocd.ts";
import type { ControlPlane } from "../../../scripts/control-plane/control-plane.ts";
import type { RunningReconciler } from "../../../scripts/control-plane/reconciler.ts";
import { field, number, text } from "../../../synth/objects/json-fields.ts";
import { repository } from "../../commands/slipway.ts";
import { application, project } from "./argocd-objects.ts";
import { deployment, eventually, skipReason, startPlane, temporaryFolder } from "./plane.ts";
import { serveRepository } from "./repository.ts";
import type { ServedRepository } from "./repository.ts";

const noRedis = spawnSync("redis-server", ["--version"]).status !== 0;
if (noRedis) console.warn("skipped: Argo CD needs redis-server (Debian: apt-get install redis-server)");

const folder = temporaryFolder();
let plane: ControlPlane;
let git: ServedRepository;
let argoCd: RunningReconciler;

const argo = { apiVersion: "argoproj.io/v1alpha1", namespace: "argocd" };
const demo = { ...argo, kind: "Application", name: "demo" };
const web = { ...deployment("web", 0), namespace: "default", name: "web" };

async function replicasReady(count: number): Promise<void> {
  await eventually(async () => {
    const found = await plane.client.get(web);
    return number(found, "status", "readyReplicas") === count ? true : undefined;
  });
}

async function state(of = demo): Promise<string> {
  const found = await plane.client.get(of);
  return `${text(found, "status", "sync", "status")} ${text(found, "status", "health", "status")}`;
}

const settled = (of = demo, seconds = 90) =>
  eventually(
    async () => ((await state(of)) === "Synced Healthy" ? true : undefined),
    () => state(of),
    seconds,
  );

describe.skipIf(noRedis || skipReason("argocd", "helm") !== undefined)(
  "Argo CD on the embedded control plane",
  () => {
    beforeAll(async () => {
      plane = await startPlane(folder.path);
      git = await serveRepository(folder.path);
      const values = readFileSync(join(repository, "dist/local/bootstrap/values/argo-cd.yaml"), "utf8");
      argoCd = await startArgoCd(plane, { values, say: () => undefined });
      git.commit([deployment("web", 2)]);
      await plane.client.apply(project("demo", git.url, ["Deployment"]));
      await plane.client.apply(application("demo", git.url, "app", "1s"));
    });
    afterAll(async () => {
      await argoCd.stop();
      await plane.stop();
      await git.stop();
      folder.remove();
    });

    test("makes the cluster equal to the repository", async () => {
      await settled();
      await replicasReady(2);
    });

    test("runs with the settings that dist gives its own Argo CD", async () => {
      const config = { apiVersion: "v1", kind: "ConfigMap", namespace: "argocd", name: "argocd-cm" };
      const settings = await plane.client.get(config);
      expect(text(settings, "data", "application.resourceTrackingMethod")).toBe("annotation");
      expect(text(settings, "data", "resource.exclusions")).toContain("EndpointSlice");
      const found = await plane.client.get(web);
      // The method shows in what it applied.
      expect(text(found, "metadata", "annotations", "argocd.argoproj.io/tracking-id")).toContain(
        "demo:apps/Deployment",
      );
    });

    test("brings back what was deleted", async () => {
      await plane.client.delete(web);
      await replicasReady(2);
    });

    test("takes up a commit when it is told to look", async () => {
      git.commit([deployment("web", 3)]);
      await argoCd.refresh();
      await replicasReady(3);
    });

    test("refuses what the project does not allow, and says so", async () => {
      git.commit([
        deployment("web", 3),
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "no" }, data: {} },
      ]);
      await argoCd.refresh();
      const message = await eventually(async () => {
        const found = await plane.client.get(demo);
        const said = text(found, "status", "operationState", "message") ?? "";
        return said.includes("one or more") ? said : undefined;
      });
      expect(message).toContain("synchronization tasks are not valid");
      git.commit([deployment("web", 2)]);
      await argoCd.refresh();
      await replicasReady(2);
    });

    test("syncs at once what waits for another try, and lets go of a project with its last Application", async () => {
      const short = { ...argo, kind: "Application", name: "short" };
      const shortProject = { ...argo, kind: "AppProject", name: "short" };
      const commit = (data: Readonly<Record<string, string>>): void => {
        const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "short" }, data };
        git.commitFile("../short/settings.yaml", JSON.stringify(settings));
      };
      commit({});
      await plane.client.apply(project("short", git.url, ["Deployment"]));
      await plane.client.apply(application("short", git.url, "short", "1h"));
      await eventually(async () =>
        field(await plane.client.get(short), "status", "operationState", "retryCount"),
      );
      await plane.client.apply(project("short", git.url, ["ConfigMap"]));
      commit({ MENDED: "yes" });
      await argoCd.refresh();
      await settled(short, 30);
      await plane.client.delete(shortProject);
      await plane.client.delete(short);
      // By itself it would look again after two minutes.
      await eventually(
        async () => ((await plane.client.get(shortProject)) ? undefined : true),
        undefined,
        30,
      );
    });

    test("compares an Application soon again that came before its project", async () => {
      const early = { ...argo, kind: "Application", name: "early" };
      git.commitFile("../early/nothing.txt", "");
      await plane.client.apply(application("early", git.url, "early", "1s"));
      await eventually(async () => {
        const conditions = field(await plane.client.get(early), "status", "conditions");
        return JSON.stringify(conditions ?? "").includes("project early which does not exist") || undefined;
      });
      await plane.client.apply(project("early", git.url, ["ConfigMap"]));
      // By itself it would do so after two minutes.
      await settled(early, 40);
    });

    test("says what is wrong with a commit that is no manifest, and goes on with the next", async () => {
      git.commitFile("broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: [");
      await argoCd.refresh();
      const said = await eventually(async () => {
        const found = await plane.client.get(demo);
        const conditions = JSON.stringify(field(found, "status", "conditions") ?? "");
        return conditions.includes("ComparisonError") ? conditions : undefined;
      });
      expect(said).toContain("broken.yaml");
      git.commit([deployment("web", 3)]);
      await argoCd.refresh();
      await replicasReady(3);
      await settled();
    });

    test("finishes a sync during which the API server is killed", async () => {
      git.commit([
        deployment("web", 1),
        ...Array.from({ length: 20 }, (_, index) => deployment(`many-${index}`, 1)),
      ]);
      await argoCd.refresh();
      await eventually(() => plane.client.get({ ...web, name: "many-0" }));
      await plane.restartApiServer();
      await replicasReady(1);
      await eventually(async () => {
        const found = await plane.client.list({ ...web, namespace: "default" });
        const ready = found.filter((each) => number(each, "status", "readyReplicas") === 1);
        return ready.length === 21 ? true : undefined;
      });
      await settled();
    });

    test("says that the git server is gone, and goes on when it is back", async () => {
      await git.vanish();
      git.commit([deployment("web", 2)]);
      await argoCd.refresh();
      const condition = await eventually(async () => {
        const found = await plane.client.get(demo);
        const said = JSON.stringify(found?.["status"] ?? "");
        return said.includes("ComparisonError") ? said : undefined;
      });
      expect(condition).toContain(git.url);
      await git.reappear();
      await argoCd.refresh();
      await replicasReady(2);
      await settled();
    });
  },
);
