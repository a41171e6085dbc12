import { config, rotation, statefulSet } from "#synth";
import type { Component, PublicImage, SecretRef, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { database, rolesScript } from "./postgres-roles.ts";
import { sizes } from "./sizes.ts";

const image: PublicImage =
  "docker.io/library/postgres:17.11-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24";

/** User and group of the alpine image; the Debian ones have 999. */
const user = 70;

const data = "/var/lib/postgresql/data";

/** The database in the cluster, on one volume; undefined where it is Amazon RDS. */
export function postgres(
  stage: Stage,
  context: MeshContext,
  passwords: SecretRef,
): Component<"postgres"> | undefined {
  const { parameters } = context;
  if (parameters.database.kind === "rds") return undefined;
  const { cpu, memoryMiB } = sizes[parameters.size].postgres;
  return statefulSet(stage, "postgres", {
    image,
    args: ["postgres", "-c", "config_file=/etc/postgresql/postgresql.conf"],
    replicas: 1,
    user,
    ports: { postgres: ports.postgres },
    env: {
      POSTGRES_DB: database,
      POSTGRES_USER: "postgres",
      POSTGRES_PASSWORD: { secret: passwords, key: "superuserPassword" },
      APP_PASSWORD: { secret: passwords, key: "appPassword" },
      OWNER_PASSWORD: { secret: passwords, key: "ownerPassword" },
      // Below the mount, because a volume's own root holds lost+found and is not the server's to own.
      PGDATA: `${data}/pgdata`,
      POSTGRES_INITDB_ARGS:
        "--data-checksums --auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8",
    },
    resources: {
      cpu: { request: cpu },
      memory: { request: `${memoryMiB}Mi`, limit: `${memoryMiB}Mi` },
    },
    volumes: { data: { size: parameters.database.size, path: data } },
    mounts: mounts(stage, memoryMiB),
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
    ...rotation(context),
  });
}

/** A server that turns sessions away (1: it recovers, or has none left) lives; only silence (2) calls for a restart. */
const alive = ["sh", "-c", "pg_isready -q -h 127.0.0.1 -U postgres; [ $? -le 1 ]"];

function mounts(stage: Stage, memoryMiB: number) {
  return [
    {
      path: "/etc/postgresql",
      readOnly: true,
      source: { config: config(stage, "postgres-settings", { "postgresql.conf": settings(memoryMiB) }) },
    },
    {
      path: "/docker-entrypoint-initdb.d",
      readOnly: true,
      source: { config: config(stage, "postgres-init", { "10-roles.sh": rolesScript }) },
    },
    { path: "/var/run/postgresql", source: { scratch: "run", size: "16Mi" } },
    { path: "/tmp", source: { scratch: "tmp", size: "256Mi" } },
    // Parallel queries share memory through it, and 64 MiB, the default, is too little for them.
    { path: "/dev/shm", source: { scratch: "shm", medium: "Memory", size: `${memoryMiB / 4}Mi` } },
  ] as const;
}

function settings(memoryMiB: number): string {
  return `# Memory: a quarter to Postgres' own cache, the rest to sessions and the file cache.
shared_buffers = ${memoryMiB / 4}MB
effective_cache_size = ${memoryMiB / 2}MB
maintenance_work_mem = ${memoryMiB / 16}MB
huge_pages = off

# 80 for the backend, the rest for db-init and people.
max_connections = 100
listen_addresses = '*'
idle_in_transaction_session_timeout = '5min'

# Log before data, in at most a sixteenth of the smallest volume (10 GiB).
max_wal_size = 640MB
wal_compression = on

# Solid-state volumes: a random read costs about as much as the next one.
random_page_cost = 1.1

log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = '500ms'
log_timezone = 'UTC'
timezone = 'UTC'
`;
}
