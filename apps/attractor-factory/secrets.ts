import { secret } from "#synth";
import type { SecretRef, Stage } from "#synth";
import { ports } from "./ports.ts";
import { database, roles } from "./postgres-roles.ts";
import { redisUser, usersFile } from "./redis-users.ts";

export interface Secrets {
  readonly postgres: SecretRef;
  readonly redis: SecretRef;
  readonly minio: SecretRef;
  readonly factory: SecretRef;
}

/**
 * Every secret value, one entry per owner. Connection strings are composed where the values are, by
 * External Secrets, so that no password stands in a ConfigMap or a pod's definition.
 */
export function secrets(stage: Stage): Secrets {
  return {
    postgres: secret(stage, "postgres", {
      keys: ["superuserPassword", "appPassword", "migratorPassword", "backupPassword"],
      template: {
        databaseUrl: postgresUrl(roles.app, "appPassword"),
        migrationDatabaseUrl: postgresUrl(roles.migrator, "migratorPassword"),
      },
    }),
    redis: secret(stage, "redis", {
      keys: ["password"],
      template: {
        url: `redis://${redisUser}:{{ .password | urlquery }}@redis:${ports.redis}/0`,
        [usersFile.name]: usersFile.template,
      },
    }),
    minio: secret(stage, "minio", { keys: ["rootPassword", "apiSecretKey", "backupSecretKey"] }),
    factory: secret(stage, "factory", { keys: ["sessionSecret", "jwtSecret", "runTokenSecret"] }),
  };
}

function postgresUrl(role: string, key: string): string {
  return `postgresql://${role}:{{ .${key} | urlquery }}@postgres:${ports.postgres}/${database}`;
}
