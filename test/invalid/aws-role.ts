import { factsWith } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "permissions without a role",
      what: "service account shop-dev/web of shop-dev has AWS permissions (apps/shop/app.ts) and no role",
      fix: 'add "shop-dev/web": "arn:aws:iam::123456789012:role/garden-shop-dev-web" to roles; npm run slipway -- explain dist/garden/applications/shop-dev prints the policy it needs',
    },
    {
      permissions: {
        "shop-dev/web": {
          statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop/*"] }],
        },
      },
    },
  ),
  invalidGarden(
    {
      title: "a role without permissions",
      what: "role for shop-dev/web is used by nobody",
      fix: 'remove "shop-dev/web" from roles, or declare the permissions it is for',
    },
    { facts: factsWith({ roles: { "shop-dev/web": "arn:aws:iam::123456789012:role/shop-web" } }) },
  ),
];
