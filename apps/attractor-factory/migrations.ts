import { job, rotation } from "#synth";
import type { Party, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import type { Secrets } from "./secrets.ts";

/**
 * Schema changes, as the role that owns the schema: once for each release, after the databases are
 * ready and before the new API is. The API of the release before runs meanwhile, so a change that
 * breaks it takes two releases: add first, remove later.
 */
export function migrations(stage: Stage, context: FactoryContext, { postgres }: Secrets): Party {
  return job(stage, "factory-migrations", {
    image: context.images.api,
    args: ["migrate"],
    env: { NODE_ENV: "production", DATABASE_URL: { secret: postgres, key: "migrationDatabaseUrl" } },
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    resources: { cpu: { request: "100m" }, memory: { request: "256Mi", limit: "1Gi" } },
    retries: 5,
    // One that takes longer is a data migration, and belongs in a job of its own.
    timeoutSeconds: 900,
    ...rotation(context),
  });
}
