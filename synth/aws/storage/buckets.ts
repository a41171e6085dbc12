import { bucketName } from "../../model/aws.ts";
import type { Bucket } from "../../model/aws.ts";
import type { EksView } from "../../model/cluster-view.ts";
import { ref, sub } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import { policyDocument } from "../policy.ts";
import { each, kept, resource } from "../template.ts";
import type { Resource, Resources } from "../template.ts";

/** Days that what was overwritten or deleted can still be had back. */
const undoDays = 30;

/** Buckets that nobody outside the account can read, and nobody at all without TLS. */
export function buckets(view: EksView, wanted: readonly Bucket[]): Resources {
  return {
    ...each(
      wanted,
      ({ name }) => `${logicalId(name)}Bucket`,
      (bucket) => bucketResource(view, bucket),
    ),
    ...each(wanted, ({ name }) => `${logicalId(name)}BucketPolicy`, tlsOnly),
  };
}

function bucketResource(view: EksView, { name, expireDays }: Bucket): Resource {
  return kept("AWS::S3::Bucket", {
    BucketName: bucketName(view, name),
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: "Enabled" },
    LifecycleConfiguration: {
      Rules: [
        {
          Id: "tidy",
          Status: "Enabled",
          ...(expireDays !== undefined && { ExpirationInDays: expireDays }),
          NoncurrentVersionExpiration: { NoncurrentDays: undoDays },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ],
    },
  });
}

function tlsOnly({ name }: Bucket): Resource {
  const bucket = `${logicalId(name)}Bucket`;
  return resource("AWS::S3::BucketPolicy", {
    Bucket: ref(bucket),
    PolicyDocument: policyDocument([
      {
        Effect: "Deny",
        Action: ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
        Principal: "*",
        Resource: [sub(`\${${bucket}.Arn}`), sub(`\${${bucket}.Arn}/*`)],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]),
  });
}
