import { afterEach, describe, expect, test } from "vitest";
import type { Problem } from "../../../synth/model/problem.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { manifestsOf } from "../../../scripts/verify/site.ts";
import { settle } from "../../../scripts/verify/settle.ts";
import { dryRun } from "../../../scripts/verify/tests/dry-run.ts";
import { drift } from "../../../scripts/verify/tests/drift.ts";
import { order } from "../../../scripts/verify/tests/order.ts";
import { privilege } from "../../../scripts/verify/tests/privilege.ts";
import { prune } from "../../../scripts/verify/tests/prune.ts";
import { managed, rollback } from "../../../scripts/verify/tests/rollback.ts";
import { scheduling } from "../../../scripts/verify/tests/scheduling.ts";
import { upgrade } from "../../../scripts/verify/tests/upgrade.ts";
import { shopSite } from "./shop-site.ts";
import { neededTools } from "./needed-tools.ts";

/** Each test of `slipway verify` turns red when a manifest is broken in the way that it is there for. */
const missing = whyNoTools(neededTools);
if (missing !== undefined) console.warn(`skipped broken.test.ts: ${missing}`);

const minutes = 60_000;
const deployment = "applications/shop-local/3-serve/Deployment.web.yaml";
const project = "reconciler/AppProject.bank-local.yaml";

function about(problems: readonly Problem[], object: string): string {
  const found = problems.filter(({ at }) => at.object === object);
  expect(problems.map(({ at }) => at.object)).toContain(object);
  for (const { fix } of found) expect(fix).not.toBe("");
  return found.map(({ what, fix }) => `${what} — ${fix}`).join("\n");
}

describe.skipIf(missing !== undefined)("with Argo CD, a manifest that is broken turns red", () => {
  const shop = shopSite("argocd");
  afterEach(() => shop.restore(), 10 * minutes);

  test(
    "nothing, as long as none is",
    async () => {
      for (const run of [order, dryRun, drift, scheduling]) {
        expect((await run(shop.site())).problems).toEqual([]);
      }
    },
    5 * minutes,
  );

  test(
    "nothing either on the way to another revision and back, and says what it looked at",
    async () => {
      const files = new Map([
        ...shop.broken(deployment, "cpu: 50m", "cpu: 60m"),
        ...[...shop.broken("applications/shop-local/1-data/ConfigMap.prices.yaml", "EUR", "CHF")].filter(
          ([path]) => path.endsWith("ConfigMap.prices.yaml"),
        ),
      ]);
      const site = { ...shop.site(), files };
      const before = managed(site);
      expect(await upgrade(site, shop.files)).toMatchObject({
        problems: [],
        summary: expect.stringMatching(/^1 workload of several replicas stayed up/),
      });
      expect(await rollback(site, shop.files, before)).toMatchObject({ problems: [] });
    },
    10 * minutes,
  );

  test("dry-run: a field that the API server does not know, and a file that is no YAML", async () => {
    const unknown = shop.broken(deployment, "revisionHistoryLimit", "revisionHistoryLimt");
    const files = new Map([
      ...unknown,
      ["small/applications/bank-local/ConfigMap.hours.yaml", "kind: [ConfigMap"],
    ]);
    const { problems } = await dryRun({ ...shop.site(), files });
    expect(about(problems, "Deployment/shop/web")).toMatch(/revisionHistoryLimt.*npm run synth/s);
    expect(problems.map(({ what }) => what)).toContainEqual(
      expect.stringContaining("dist/small/applications/bank-local/ConfigMap.hours.yaml is no manifest"),
    );
  });

  test(
    "ready: a corrupt commit, told in the reconciler's words, and the next good one heals it",
    async () => {
      const path = "small/applications/bank-local/ConfigMap.hours.yaml";
      const files = new Map([...shop.files, [path, "apiVersion: v1\nkind: ConfigMap\nmetadata: [\n"]]);
      const commit = await shop.site().publish(files, "Corrupt");
      const { problems } = await settle(shop.site(), { files, commit, test: "ready" });
      expect(about(problems, "Application/argocd/bank-local")).toMatch(/ConfigMap\.hours\.yaml|yaml:/);
      // Argo CD passes over a file that does not look like a manifest at all, and prunes what was in it.
      const nothing = new Map([...shop.files, [path, "kind: [ConfigMap"]]);
      const later = await shop.site().publish(nothing, "Corrupt in another way");
      const passedOver = await settle(shop.site(), {
        files: nothing,
        commit: later,
        test: "ready",
        afterTrouble: true,
      });
      expect(passedOver.problems.map(({ what, fix }) => `${what} ${fix}`)).toContainEqual(
        expect.stringMatching(/ConfigMap\.hours\.yaml is no manifest.*npm run synth/),
      );
    },
    5 * minutes,
  );

  test(
    "order: a server that does not wait for its migrations",
    async () => {
      const serve = "/applications/shop-local/3-serve/";
      const early = [...shop.files].map(([path, content]): [string, string] => [
        path,
        path.includes(serve) ? content.replace("sync-wave: '2'", "sync-wave: '0'") : content,
      ]);
      const files = new Map([
        ...early,
        ["small/applications/shop-local/2-migrate/Job.again.yaml", again(shop.files)],
      ]);
      const site = shop.site();
      const web = { apiVersion: "apps/v1", kind: "Deployment", name: "web", namespace: "shop" };
      // As on a first installation: nothing of this is there yet.
      const without = new Map(
        [...files].filter(([path]) => !path.includes(serve) && !path.includes("Job.again")),
      );
      await settle(site, { files: without, commit: await site.publish(without, "Not yet"), test: "order" });
      site.recorder.forget((object) => object.metadata.name === web.name);
      await settle(site, { files, commit: await site.publish(files, "All at once"), test: "order" });
      const { problems } = await order({ ...site, files });
      expect(about(problems, "Deployment/shop/web")).toMatch(
        /created before Job\/shop\/again, which has to come first, was complete/,
      );
    },
    10 * minutes,
  );

  test(
    "drift: an Application that does not heal itself",
    async () => {
      const files = shop.broken(
        "reconciler/Application.bank-local.yaml",
        "selfHeal: true",
        "selfHeal: false",
      );
      const site = shop.site();
      await settle(site, { files, commit: await site.publish(files, "No selfHeal"), test: "drift" });
      const { problems } = await drift({ ...site, files });
      expect(problems.every(({ at }) => at.object?.startsWith("ConfigMap/bank/") === true)).toBe(true);
      expect(problems.map(({ what, fix }) => `${what} ${fix}`)).toContainEqual(
        expect.stringMatching(/not back as it was.*selfHeal/),
      );
      // Nobody else would: a sync of the Applications above waits for this one to miss nothing.
      for (const { object } of manifestsOf(site).manifests.filter(({ slice }) => slice === "bank-local")) {
        await site.client.apply(object, { fieldManager: "argocd-controller" });
      }
    },
    10 * minutes,
  );

  test(
    "prune: an Application that leaves behind what it made",
    async () => {
      const files = shop.broken("reconciler/Application.shop-local.yaml", /^ {2}finalizers:\n.*\n/m, "");
      const site = shop.site();
      await settle(site, { files, commit: await site.publish(files, "No finalizer"), test: "prune" });
      const application = {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        name: "shop-local",
        namespace: "argocd",
      };
      await site.client.mergePatch(application, { metadata: { finalizers: null } });
      const { problems } = await prune({ ...site, files });
      expect(about(problems, "ConfigMap/shop/prices")).toMatch(
        /dist no longer has it, and it is still there.*finalizer/s,
      );
    },
    15 * minutes,
  );

  test(
    "upgrade: an immutable field that changes, and a server that is down while it is replaced",
    async () => {
      const selector = shop.broken(
        deployment,
        /matchLabels:\n {6}app\.kubernetes\.io\/instance: shop-local\n/,
        "matchLabels:\n",
      );
      const immutable = await upgrade({ ...shop.site(), files: selector }, shop.files);
      expect(JSON.stringify(immutable.problems)).toMatch(/immutable/);
      expect(about(immutable.problems, "Application/argocd/shop-local")).toMatch(/web/);
      await shop.restore();
      const recreate = shop.broken(deployment, /rollingUpdate:[^]*?type: RollingUpdate/, "type: Recreate");
      const files = new Map([
        ...recreate,
        [
          `small/${deployment}`,
          (recreate.get(`small/${deployment}`) ?? "").replaceAll("cpu: 50m", "cpu: 60m"),
        ],
      ]);
      const { problems } = await upgrade({ ...shop.site(), files }, shop.files);
      expect(about(problems, "Deployment/shop/web")).toMatch(
        /of 2 replicas only 0 were available.*rolling update/s,
      );
    },
    20 * minutes,
  );

  test(
    "rollback: a field that somebody else keeps as the upgrade had it",
    async () => {
      const site = shop.site();
      const before = managed(site);
      const settings = { apiVersion: "v1", kind: "ConfigMap", name: "settings", namespace: "shop" };
      await site.client.apply(object(settings, { KEPT: "by another hand" }), { fieldManager: "another" });
      const { problems } = await rollback(site, shop.files, before);
      expect(about(problems, "ConfigMap/shop/settings")).toMatch(/differs from before in data\.KEPT/);
      await site.client.delete(settings);
    },
    10 * minutes,
  );

  test(
    "privilege: a project that allows everything",
    async () => {
      const text = shop.files.get(`small/${project}`) ?? "";
      const wide = text
        .replace(
          /clusterResourceWhitelist: \[\]/,
          "clusterResourceWhitelist:\n    - group: '*'\n      kind: '*'",
        )
        .replace(/namespace: bank\n/, "namespace: '*'\n")
        .replace(
          /namespaceResourceWhitelist:\n/,
          "namespaceResourceWhitelist:\n    - group: '*'\n      kind: '*'\n",
        );
      const files = new Map([...shop.files, [`small/${project}`, wide]]);
      const site = shop.site();
      await settle(site, { files, commit: await site.publish(files, "All allowed"), test: "privilege" });
      const { problems } = await privilege({ ...site, files });
      expect(about(problems, "ClusterRoleBinding/slipway-verify-hostile")).toMatch(
        /came into being.*AppProject/s,
      );
    },
    15 * minutes,
  );

  test(
    "scheduling: pods that find no node, and autoscalers that outgrow the nodes",
    async () => {
      const site = shop.site();
      const path = "applications/shop-local/3-serve/HorizontalPodAutoscaler.web.yaml";
      const files = new Map([
        ...shop.broken(deployment, "cpu: 50m", "cpu: 1500m"),
        [
          `small/${path}`,
          (shop.files.get(`small/${path}`) ?? "").replace("maxReplicas: 4", "maxReplicas: 40"),
        ],
      ]);
      await settle(site, { files, commit: await site.publish(files, "Too many"), test: "scheduling" });
      const { problems } = await scheduling({ ...site, files });
      expect(about(problems, "HorizontalPodAutoscaler/shop/web")).toMatch(
        /of 40 pods of Deployment\/web find no node: .*(Too many pods|Insufficient).*raise max of a node group/s,
      );
    },
    15 * minutes,
  );
});

/** A second migration, for a second first installation. */
function again(files: ReadonlyMap<string, string>): string {
  const job = [...files].find(([path]) => path.includes("/Job.migrations-"))?.[1] ?? "";
  return job.replace(/name: migrations-\w+/, "name: again");
}

function object(
  { name, namespace, ...kind }: { apiVersion: string; kind: string; name: string; namespace: string },
  data: Readonly<Record<string, string>>,
): KubernetesObject {
  return { ...kind, metadata: { name, namespace }, data };
}
