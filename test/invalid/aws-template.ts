import type { Permissions } from "#synth";
import type { AwsSettings } from "../../synth/model/aws.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { certificate, factsWith, garden } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

const facts = factsWith({
  roles: { "shop-dev/web": "arn:aws:iam::123456789012:role/garden-shop-dev-web" },
});

/** So many buckets that a policy which names each is long. */
function readsBuckets(count: number): Permissions {
  const resources = Array.from(
    { length: count },
    (_, index) => `arn:aws:s3:::shop-pictures-of-plants-${index}/*`,
  );
  return { statements: [{ actions: ["s3:GetObject"], resources }] };
}

const manyBuckets: AwsSettings = {
  zone: "example.com",
  buckets: Array.from({ length: 40 }, (_, index) => ({ name: `pictures-${index}` })),
};

function sizeOfStorage(): number {
  const { fleet, cluster, inputs } = garden({ aws: manyBuckets });
  const { files } = synthesizeCluster(fleet, cluster, inputs);
  const content = files.find(({ path }) => path === "garden/aws/storage.yaml")?.content ?? "";
  // The first line marks the file, and is allowed for in the limit.
  return Buffer.byteLength(content.slice(content.indexOf("\n") + 1));
}

export default [
  invalidGarden(
    {
      title: "a policy that is longer than IAM takes",
      what: "the policy of role garden-shop-dev-web has 12136 characters, and IAM takes 10240",
      fix: "put several resources into one statement, or use a managed policy",
    },
    { facts, permissions: { "shop-dev/web": readsBuckets(270) } },
  ),
  invalidGarden(
    {
      title: "more managed policies than a role may have",
      what: "role garden-shop-dev-web has 11 managed policies, and IAM takes 10",
      fix: "write statements with the actions it needs",
    },
    {
      facts,
      permissions: {
        "shop-dev/web": {
          managedPolicies: Array.from(
            { length: 11 },
            (_, index) => `arn:aws:iam::aws:policy/Shop${index}` as const,
          ),
        },
      },
    },
  ),
  invalidGarden(
    {
      title: "a value that only a later stack has",
      what: "the stack garden-iam takes CertificateArn from the stack cert, which comes later or has none",
      fix: "drop what needs it, or give the cluster what the stack cert is for",
    },
    {
      facts,
      permissions: {
        "shop-dev/web": {
          statements: [{ actions: ["acm:DescribeCertificate"], resources: [certificate] }],
        },
      },
    },
  ),
  invalidGarden(
    {
      title: "a template that is larger than CloudFormation takes",
      what: `the template of garden-storage has ${sizeOfStorage()} bytes, and CloudFormation takes 51000`,
      fix: "spread what runs on the cluster over more clusters, or split the stack in synth/aws/stacks",
    },
    { aws: manyBuckets },
  ),
];
