import type { Permissions } from "#synth";
import { factsWith } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const account = "shop-dev/web";
const facts = factsWith({ roles: { [account]: "arn:aws:iam::123456789012:role/garden-shop-dev-web" } });

function refused(title: string, what: string, fix: string, permissions: Permissions) {
  return invalidGarden(
    { title, what, fix, object: `ServiceAccount/${account}` },
    { facts, permissions: { [account]: permissions } },
  );
}

export default [
  refused("a wildcard in an action", "action s3:Get* has a wildcard", "list the actions it needs", {
    statements: [{ actions: ["s3:Get*"], resources: ["arn:aws:s3:::shop/*"] }],
  }),
  refused(
    "every resource, without a reason",
    "s3:GetObject are allowed on every resource",
    'list the ARNs, or, where AWS cannot scope the action, say in "because" what bounds it instead',
    { statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] },
  ),
  refused(
    "a managed policy that allows everything of a service",
    "managed policy AmazonS3FullAccess allows far more than a service account needs",
    "write statements with the actions it needs",
    { managedPolicies: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"] },
  ),
];
