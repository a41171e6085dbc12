import { postgres as server, rotation } from "#synth";
import type { Component, PublicImage, SecretRef, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import { database, rolesScript } from "./postgres-roles.ts";
import { sizes } from "./sizes.ts";

const image: PublicImage =
  "docker.io/library/postgres:17.11-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24";

/** The database in the cluster; undefined where it is Amazon RDS. */
export function postgres(
  stage: Stage,
  context: MeshContext,
  passwords: SecretRef,
): Component<"postgres"> | undefined {
  const { parameters } = context;
  if (parameters.database.kind === "rds") return undefined;
  const { cpu, memoryMiB } = sizes[parameters.size].postgres;
  return server(stage, "postgres", {
    image,
    database,
    password: { secret: passwords, key: "superuserPassword" },
    roles: {
      script: rolesScript,
      env: {
        APP_PASSWORD: { secret: passwords, key: "appPassword" },
        OWNER_PASSWORD: { secret: passwords, key: "ownerPassword" },
      },
    },
    settings: settings(memoryMiB),
    cpu,
    memoryMiB,
    size: parameters.database.size,
    ...rotation(context),
  });
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
