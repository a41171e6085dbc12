import { k8s } from "#synth";
import type { Permissions } from "#synth";
import { addon, factsWith, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const permissions: Permissions = {
  statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }],
};
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

export default [
  invalidGarden(
    {
      title: "a role that no stack makes",
      what: `the role of shop-dev/web is ${role("shop")}, which no stack makes`,
      fix: `write "${role("garden-shop-dev-web")}", the one that the stack garden-iam makes for it`,
    },
    {
      permissions: { "shop-dev/web": permissions },
      facts: factsWith({ roles: { "shop-dev/web": role("shop") } }),
    },
  ),
  invalidGarden(
    {
      title: "a chart that is told of a role that no stack makes",
      what: `it names the role ${role("sprinkler")}, which no stack makes`,
      fix: "declare the permissions of the service account, and write identity(…) where the role goes",
      object: "sprinkler",
    },
    {
      addons: [
        addon("sprinkler", {
          chart: { name: "sprinkler", version: "1.2.3" },
          values: { serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": role("sprinkler") } } },
        }),
      ],
    },
  ),
  invalidGarden(
    {
      title: "a role for a service account that is not there",
      what: "its role is for service account shop-dev/wep, which nobody renders",
      fix: "correct the name, or drop the permissions",
      object: "ServiceAccount/shop-dev/wep",
    },
    {
      permissions: { "shop-dev/wep": permissions },
      facts: factsWith({ roles: { "shop-dev/wep": role("garden-shop-dev-wep") } }),
    },
  ),
  invalidGarden(
    {
      title: "two service accounts with one role",
      what: "shop-jobs/web and shop-dev/web would have one role, garden-shop-dev-web",
      fix: "rename one of the service accounts",
      object: "ServiceAccount/shop-jobs/web",
    },
    {
      otherNamespaces: [{ name: "shop-jobs" }],
      permissions: { "shop-dev/web": permissions, "shop-jobs/web": permissions },
      facts: factsWith({
        roles: {
          "shop-dev/web": role("garden-shop-dev-web"),
          "shop-jobs/web": role("garden-shop-dev-web"),
        },
      }),
      render: (stage, context) => {
        webServer(stage, context);
        stage.add(k8s.KubeServiceAccount, "web", {
          metadata: { namespace: "shop-jobs" },
          automountServiceAccountToken: false,
        });
      },
    },
  ),
];
