import { secret } from "#synth";
import type { SecretRef, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { database, roles } from "./postgres-roles.ts";

export interface Secrets {
  readonly postgres: SecretRef;
  readonly backend: SecretRef;
}

/**
 * Every secret value, one entry for each owner. Connection strings are composed where the values are, by External
 * Secrets, so that no password stands in a ConfigMap or a pod's definition.
 */
export function secrets(stage: Stage, context: MeshContext): Secrets {
  const { database, langSmith } = context.parameters;
  const own = database.kind === "in-cluster" ? ["superuserPassword"] : [];
  return {
    postgres: secret(stage, "postgres", {
      keys: [...own, "appPassword", "ownerPassword"],
      template: {
        databaseUrl: postgresUrl(context, roles.app, "appPassword"),
        ownerDatabaseUrl: postgresUrl(context, roles.owner, "ownerPassword"),
      },
    }),
    backend: secret(stage, "backend", {
      keys: ["jwtSecretKey", "anthropicApiKey", ...(langSmith ? ["langSmithApiKey"] : [])],
    }),
  };
}

/** Host of the database, and what a connection string ends in: RDS takes no connection without TLS. */
function postgresUrl({ parameters }: MeshContext, role: string, key: string): string {
  const [host, options] =
    parameters.database.kind === "rds" ? [parameters.database.host, "?sslmode=require"] : ["postgres", ""];
  return `postgresql://${role}:{{ .${key} | urlquery }}@${host}:${ports.postgres}/${database}${options}`;
}
