import { config, cronJob, postgresUser } from "#synth";
import type { Party, Stage } from "#synth";
import { buckets, minioImage } from "./minio.ts";
import { accessKeys, clientEnvironment } from "./minio-setup.ts";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { postgresImage } from "./postgres.ts";
import { database, roles } from "./postgres-roles.ts";
import type { Secrets } from "./secrets.ts";
import { sizes } from "./sizes.ts";

/** A dump of the database by the clock: written, read back whole, then stored in MinIO, which lets it expire. */
export function backups(stage: Stage, context: FactoryContext, { postgres, minio }: Secrets): Party {
  const { parameters } = context;
  const dumps = {
    path: "/backup",
    // Dumps are compressed, and hold no indexes.
    source: { scratch: "dumps", size: `${sizes[parameters.size].postgres.volumeGiB / 2}Gi` },
  };
  const tmp = { path: "/tmp", source: { scratch: "tmp", size: "256Mi" } };
  return cronJob(stage, "postgres-backup", {
    schedule: parameters.backups.schedule,
    user: postgresUser,
    init: {
      dump: {
        image: postgresImage,
        command: ["sh", "/etc/postgres-backup/dump.sh"],
        env: {
          PGHOST: "postgres",
          PGPORT: String(ports.postgres),
          PGDATABASE: database,
          PGUSER: roles.backup,
          PGPASSWORD: { secret: postgres, key: "backupPassword" },
        },
        mounts: [
          {
            path: "/etc/postgres-backup",
            readOnly: true,
            source: { config: config(stage, "postgres-backup", { "dump.sh": dumpScript }) },
          },
          dumps,
          tmp,
        ],
        resources: {
          cpu: { request: "100m" },
          memory: { request: "128Mi", limit: "512Mi" },
          // The dump lies on the node's disk until it is stored: a node without room for it is not chosen.
          ephemeralStorage: { request: "10Gi" },
        },
      },
    },
    image: minioImage,
    command: ["mc", "cp", "--recursive", "/backup/", `minio/${buckets.backups}/postgres/`],
    env: clientEnvironment(accessKeys.backup, { secret: minio, key: "backupSecretKey" }),
    mounts: [{ ...dumps, readOnly: true }, tmp],
    resources: { cpu: { request: "50m" }, memory: { request: "128Mi", limit: "512Mi" } },
    retries: 2,
    timeoutSeconds: 2 * 60 * 60,
  });
}

const dumpScript = `set -eu
rm -f /backup/*.dump
dump="/backup/${database}-$(date -u +%Y-%m-%dT%H-%M-%SZ).dump"
pg_dump --format=custom --file="$dump"
# Reads every block of it, as a restore would.
pg_restore --file=/dev/null "$dump"
ls -l "$dump"
`;
