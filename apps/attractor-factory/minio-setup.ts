import { config, job, rotation } from "#synth";
import type { ContainerSpec, Party, SecretRef, Stage } from "#synth";
import { buckets, minioImage, rootUser } from "./minio.ts";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";

/** Access keys; their secrets are in the Secret `minio`. */
export const accessKeys = { api: "factory-api", backup: "factory-backup" } as const;

/** Buckets, users and what each may do. It can run again at any time, and does when any of it changes. */
export function minioSetup(stage: Stage, context: FactoryContext, keys: SecretRef): Party {
  const files = config(stage, "minio-setup", {
    "setup.sh": setupScript,
    "api.json": policy(buckets.artifacts, "*", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]),
    // No deleting: whoever takes over the backup's key cannot take the backups along.
    "backup.json": policy(buckets.backups, "postgres/*", ["s3:GetObject", "s3:PutObject"]),
    "expiry.json": expiry(context.parameters.backups.retentionDays),
  });
  return job(stage, "minio-setup", {
    image: minioImage,
    command: ["sh", "/etc/minio-setup/setup.sh"],
    env: {
      ...clientEnvironment(rootUser, { secret: keys, key: "rootPassword" }),
      API_SECRET_KEY: { secret: keys, key: "apiSecretKey" },
      BACKUP_SECRET_KEY: { secret: keys, key: "backupSecretKey" },
    },
    mounts: [
      { path: "/etc/minio-setup", readOnly: true, source: { config: files } },
      { path: "/tmp", source: { scratch: "tmp", size: "64Mi" } },
    ],
    resources: { cpu: { request: "50m" }, memory: { request: "128Mi", limit: "256Mi" } },
    ...rotation(context),
  });
}

/** What `mc` needs to know the server as `minio`. */
export function clientEnvironment(
  user: string,
  password: { readonly secret: SecretRef; readonly key: string },
): NonNullable<ContainerSpec["env"]> {
  return {
    MC_CONFIG_DIR: "/tmp/mc",
    MINIO_PASSWORD: password,
    // The kubelet fills in the password, which is why it comes first.
    MC_HOST_minio: `http://${user}:$(MINIO_PASSWORD)@minio:${ports.minio}`,
  };
}

const setupScript = `set -eu
cd /etc/minio-setup

mc mb --ignore-existing minio/${buckets.artifacts} minio/${buckets.backups}
mc ilm rule import minio/${buckets.backups} < expiry.json

# To attach a policy a second time is an error, and the only one to let pass.
grant() {
  mc admin policy create minio "$1" "$2.json"
  mc admin user add minio "$1" "$3"
  if ! answer=$(mc admin policy attach minio "$1" --user "$1" 2>&1); then
    case "$answer" in
      *"already in effect"*) ;;
      *) echo "$answer" >&2; exit 1 ;;
    esac
  fi
}
grant ${accessKeys.api} api "$API_SECRET_KEY"
grant ${accessKeys.backup} backup "$BACKUP_SECRET_KEY"
`;

/** A policy for one bucket: to list it, and some actions on its objects. */
function policy(bucket: string, objects: string, actions: readonly string[]): string {
  return json({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: [`arn:aws:s3:::${bucket}`],
      },
      {
        Effect: "Allow",
        Action: [...actions, "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        Resource: [`arn:aws:s3:::${bucket}/${objects}`],
      },
    ],
  });
}

function expiry(days: number): string {
  return json({
    Rules: [
      { ID: "expire-dumps", Status: "Enabled", Filter: { Prefix: "postgres/" }, Expiration: { Days: days } },
    ],
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
