import { afterEach, describe, expect, test } from "vitest";
import { settle } from "../../../scripts/verify/settle.ts";
import { dryRun } from "../../../scripts/verify/tests/dry-run.ts";
import { drift } from "../../../scripts/verify/tests/drift.ts";
import { order } from "../../../scripts/verify/tests/order.ts";
import { scheduling } from "../../../scripts/verify/tests/scheduling.ts";
import { about, deployment, minutes, whySkipped } from "./broken.ts";
import { shopSite } from "./shop-site.ts";

/** Manifests that are broken turn `slipway verify` red before anything else is tried: dry-run, ready, order. */
const missing = whySkipped("broken-manifests.test.ts");

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
});

/** A second migration, for a second first installation. */
function again(files: ReadonlyMap<string, string>): string {
  const job = [...files].find(([path]) => path.includes("/Job.migrations-"))?.[1] ?? "";
  return job.replace(/name: migrations-\w+/, "name: again");
}
