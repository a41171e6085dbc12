import { postgres as server } from "#synth";
import type { Component, PublicImage, SecretRef, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import { database, rolesScript } from "./postgres-roles.ts";
import { sizes } from "./sizes.ts";
import type { Store } from "./sizes.ts";

export const postgresImage: PublicImage =
  "docker.io/library/postgres:17.11-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24";

/** The database. */
export function postgres(stage: Stage, context: FactoryContext, passwords: SecretRef): Component<"postgres"> {
  const store = sizes[context.parameters.size].postgres;
  return server(stage, "postgres", {
    image: postgresImage,
    database,
    password: { secret: passwords, key: "superuserPassword" },
    roles: {
      script: rolesScript,
      env: {
        APP_PASSWORD: { secret: passwords, key: "appPassword" },
        MIGRATOR_PASSWORD: { secret: passwords, key: "migratorPassword" },
        BACKUP_PASSWORD: { secret: passwords, key: "backupPassword" },
      },
    },
    settings: settings(store),
    cpu: store.cpu,
    memoryMiB: store.memoryMiB,
    size: `${store.volumeGiB}Gi`,
  });
}

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
