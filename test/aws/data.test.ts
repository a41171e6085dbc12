import { describe, expect, test } from "vitest";
import { secret } from "#synth";
import { field, list, number, text } from "../../synth/objects/json-fields.ts";
import { addon, factsWith, webServer } from "../invalid/garden.ts";
import { gardenStacks, resourceOf, resourcesOf, stackOf } from "./stacks.ts";
import { secretStore } from "../../platform/secret-store.ts";

const zone = "example.com";
describe("a bucket", () => {
  const stack = stackOf(
    gardenStacks({ aws: { zone, buckets: [{ name: "backups", expireDays: 30 }] } }),
    "storage",
  );

  test("is nobody's but the account's, encrypted, versioned, and tidied", () => {
    expect(resourceOf(stack, "BackupsBucket").properties).toMatchObject({
      BucketName: "garden-backups-123456789012-us-west-2",
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: "Enabled" },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30 }] },
    });
  });

  test("answers to nobody without TLS", () => {
    expect(resourceOf(stack, "BackupsBucketPolicy").properties).toMatchObject({
      Bucket: { Ref: "BackupsBucket" },
      PolicyDocument: {
        Statement: [
          { Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
        ],
      },
    });
  });

  test("keeps everything where the cluster does not say how long", () => {
    const kept = stackOf(gardenStacks({ aws: { zone, buckets: [{ name: "media" }] } }), "storage");
    const [rule] = list(resourceOf(kept, "MediaBucket").properties, "LifecycleConfiguration", "Rules");
    expect(number(rule, "ExpirationInDays")).toBeUndefined();
  });
});

describe("the file system of a cluster with shared volumes", () => {
  const sharedStorage = {
    driver: "efs",
    className: "efs",
    fileSystemId: "fs-0123456789abcdef0",
  } as const;
  const stack = stackOf(gardenStacks({ capabilities: { sharedStorage } }), "storage");

  test("is encrypted with a key of its own that rotates, and backed up", () => {
    expect(resourceOf(stack, "FileSystem").properties).toMatchObject({
      Encrypted: true,
      KmsKeyId: { "Fn::GetAtt": ["FileSystemKey", "Arn"] },
      BackupPolicy: { Status: "ENABLED" },
    });
    expect(resourceOf(stack, "FileSystemKey").properties).toMatchObject({ EnableKeyRotation: true });
  });

  test("lets in the nodes and nobody else, in both zones", () => {
    expect(
      field(resourceOf(stack, "FileSystemSecurityGroup").properties, "SecurityGroupIngress"),
    ).toMatchObject([
      { FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: { Ref: "ClusterSecurityGroupId" } },
    ]);
    const subnets = resourcesOf(stack, "AWS::EFS::MountTarget").map(
      ({ properties }) => list(properties, "SubnetId", "Fn::Select")[0],
    );
    expect(subnets).toEqual([0, 1]);
  });
});

describe("Secrets Manager", () => {
  const facts = factsWith({});
  const secrets = (rotation = {}) =>
    stackOf(
      gardenStacks({
        facts,
        aws: { zone, rotation },
        capabilities: { secretStore: { backend: "secrets-manager" } },
        addons: [
          addon("external-secrets", { chart: { name: "external-secrets", version: "2.9.0" } }),
          { ...secretStore, namespace: { name: "external-secrets" } },
        ],
        render: (stage, context) => {
          webServer(stage, context);
          secret(stage, "session", { keys: ["SESSION_KEY"], generated: true });
          secret(stage, "payments", { keys: ["API_KEY", "API_URL"] });
        },
      }),
      "secrets",
    );

  test("has the entries that the cluster reads, by their names, with no value in the template", () => {
    expect(resourcesOf(secrets(), "AWS::SecretsManager::Secret").map(({ properties }) => properties)).toEqual(
      [
        {
          Name: "garden/shop/dev/session",
          Description: "JSON with SESSION_KEY",
          GenerateSecretString: {
            SecretStringTemplate: "{}",
            GenerateStringKey: "SESSION_KEY",
            PasswordLength: 48,
            ExcludePunctuation: true,
          },
        },
        { Name: "garden/shop/dev/payments", Description: "JSON with API_KEY, API_URL" },
      ],
    );
  });

  test("rotates those that the cluster says", () => {
    const lambda = "arn:aws:lambda:us-west-2:123456789012:function:rotate";
    const stack = secrets({ "shop/dev/payments": { lambda, everyDays: 30 } });
    const [schedule, ...others] = resourcesOf(stack, "AWS::SecretsManager::RotationSchedule");
    expect(others).toEqual([]);
    expect(schedule?.properties).toMatchObject({
      RotationLambdaARN: lambda,
      RotationRules: { ScheduleExpression: "rate(30 days)" },
    });
    const secretId = text(schedule?.properties, "SecretId", "Ref") ?? "";
    expect(text(resourceOf(stack, secretId).properties, "Name")).toBe("garden/shop/dev/payments");
  });
});
