import { afterEach, describe, expect, test } from "vitest";
import { manifestsOf } from "../../../scripts/verify/site.ts";
import { settle } from "../../../scripts/verify/settle.ts";
import { drift } from "../../../scripts/verify/tests/drift.ts";
import { privilege } from "../../../scripts/verify/tests/privilege.ts";
import { prune } from "../../../scripts/verify/tests/prune.ts";
import { scheduling } from "../../../scripts/verify/tests/scheduling.ts";
import { about, deployment, minutes, whySkipped } from "./broken.ts";
import { shopSite } from "./shop-site.ts";

/** What a cluster would not keep, remove, refuse or find room for turns `slipway verify` red. */
const missing = whySkipped("broken-upkeep.test.ts");
const project = "reconciler/AppProject.bank-local.yaml";

describe.skipIf(missing !== undefined)(
  "with Argo CD, a cluster that does not look after itself turns red",
  () => {
    const shop = shopSite("argocd");
    afterEach(() => shop.restore(), 10 * minutes);

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
  },
);
