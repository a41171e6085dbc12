import { config, statefulSet } from "#synth";
import type { Component, PublicImage, SecretRef, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { database, rolesScript } from "./postgres-roles.ts";
import { sizes, storeResources } from "./sizes.ts";
import type { Store } from "./sizes.ts";

export const postgresImage: PublicImage =
  "docker.io/library/postgres:17.11-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24";

/** User and group of the alpine image; the Debian ones have 999. */
export const postgresUser = 70;

/** The database, on one volume with its write-ahead log, so that one snapshot holds a consistent state. */
export function postgres(stage: Stage, context: FactoryContext, passwords: SecretRef): Component<"postgres"> {
  const store = sizes[context.parameters.size].postgres;
  return statefulSet(stage, "postgres", {
    image: postgresImage,
    args: ["postgres", "-c", "config_file=/etc/postgresql/postgresql.conf"],
    replicas: 1,
    user: postgresUser,
    ports: { postgres: ports.postgres },
    env: {
      POSTGRES_DB: database,
      POSTGRES_USER: "postgres",
      POSTGRES_PASSWORD: { secret: passwords, key: "superuserPassword" },
      APP_PASSWORD: { secret: passwords, key: "appPassword" },
      MIGRATOR_PASSWORD: { secret: passwords, key: "migratorPassword" },
      BACKUP_PASSWORD: { secret: passwords, key: "backupPassword" },
      // Below the mount, because a volume's own root holds lost+found and is not the server's to own.
      PGDATA: "/var/lib/postgresql/data/pgdata",
      // Sort order from Postgres itself: another C library under the same data would corrupt its indexes.
      POSTGRES_INITDB_ARGS:
        "--data-checksums --auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8",
    },
    resources: storeResources(store),
    volumes: { data: { size: `${store.volumeGiB}Gi`, path: "/var/lib/postgresql/data" } },
    mounts: [
      {
        path: "/etc/postgresql",
        readOnly: true,
        source: { config: config(stage, "postgres-settings", { "postgresql.conf": settings(store) }) },
      },
      {
        path: "/docker-entrypoint-initdb.d",
        readOnly: true,
        source: { config: config(stage, "postgres-init", { "10-roles.sh": rolesScript }) },
      },
      { path: "/var/run/postgresql", source: { scratch: "run", size: "16Mi" } },
      { path: "/tmp", source: { scratch: "tmp", size: "256Mi" } },
      // Parallel queries share memory through it, and 64 MiB, the default, is too little for them.
      { path: "/dev/shm", source: { scratch: "shm", medium: "Memory", size: `${store.memoryMiB / 4}Mi` } },
    ],
    probes: {
      // Ten minutes for the first initialisation, or for recovery after a crash.
      startup: { exec: alive, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 },
      // By address: while it initialises, a server without network answers on the socket alone.
      readiness: {
        exec: ["pg_isready", "-q", "-h", "127.0.0.1", "-U", "postgres", "-d", database],
        timeoutSeconds: 5,
      },
      liveness: { exec: alive, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 6 },
    },
    // The image asks for a fast shutdown (SIGINT): sessions end, a checkpoint is written. Killed, it would recover from its log.
    terminationGracePeriodSeconds: 120,
  });
}

/** A server that turns sessions away (1: it recovers, or has none left) lives; only silence (2) calls for a restart. */
const alive = ["sh", "-c", "pg_isready -q -h 127.0.0.1 -U postgres; [ $? -le 1 ]"];

function settings({ memoryMiB, volumeGiB }: Store): string {
  return `# Memory: a quarter to Postgres' own cache, the rest to sessions and the file cache.
shared_buffers = ${memoryMiB / 4}MB
effective_cache_size = ${memoryMiB / 2}MB
maintenance_work_mem = ${memoryMiB / 16}MB
work_mem = ${Math.max(4, memoryMiB / 256)}MB
huge_pages = off

# 120 for the app, the rest for migrations, backups and people.
max_connections = 150
listen_addresses = '*'
idle_in_transaction_session_timeout = '5min'
client_connection_check_interval = '10s'

# Log before data, in at most a sixteenth of the volume.
max_wal_size = ${Math.min(4096, volumeGiB * 64)}MB
wal_compression = on

# Solid-state volumes: a random read costs about as much as the next one.
random_page_cost = 1.1
effective_io_concurrency = 200

shared_preload_libraries = 'pg_stat_statements'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = '500ms'
log_lock_waits = on
log_timezone = 'UTC'
timezone = 'UTC'
`;
}
