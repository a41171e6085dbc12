import { afterEach, describe, expect, test } from "vitest";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { managed, rollback } from "../../../scripts/verify/tests/rollback.ts";
import { upgrade } from "../../../scripts/verify/tests/upgrade.ts";
import { about, deployment, minutes, whySkipped } from "./broken.ts";
import { shopSite } from "./shop-site.ts";

/** A change that cannot be made or unmade without harm turns `slipway verify --base` red. */
const missing = whySkipped("broken-changes.test.ts");

describe.skipIf(missing !== undefined)("with Argo CD, a change that does harm turns red", () => {
  const shop = shopSite("argocd");
  afterEach(() => shop.restore(), 10 * minutes);

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
});

function object(
  { name, namespace, ...kind }: { apiVersion: string; kind: string; name: string; namespace: string },
  data: Readonly<Record<string, string>>,
): KubernetesObject {
  return { ...kind, metadata: { name, namespace }, data };
}
