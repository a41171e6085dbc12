import { job, rotation } from "#synth";
import type { Party, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import type { Secrets } from "./secrets.ts";

/**
 * Makes and changes the schema, as the role that owns it: once for each release, after the database is ready and before
 * the new backend is. The backend of the release before runs meanwhile, and green beside blue after it, so a change that
 * breaks it takes two releases: add first, remove later.
 */
export function dbInit(stage: Stage, context: MeshContext, { postgres }: Secrets): Party {
  return job(stage, "db-init", {
    image: context.images.backend,
    args: ["db-init"],
    env: { DATABASE_URL: { secret: postgres, key: "ownerDatabaseUrl" } },
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    resources: { cpu: { request: "100m" }, memory: { request: "256Mi", limit: "1Gi" } },
    retries: 5,
    // One that takes longer is a data migration, and belongs in a job of its own.
    timeoutSeconds: 900,
    ...rotation(context),
  });
}
