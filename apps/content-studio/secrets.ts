import { secret } from "#synth";
import type { SecretRef, Stage } from "#synth";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { database } from "./postgres.ts";
import { redisUser, usersFile } from "./redis-users.ts";

export interface Secrets {
  /** Signs sessions. */
  readonly auth: SecretRef;
  /** Holds `url`, and for a database beside the app `password`. */
  readonly database: SecretRef;
  /** Undefined where events stay in memory. */
  readonly redis: SecretRef | undefined;
  /** Undefined where the AI is a mock. */
  readonly ai: SecretRef | undefined;
}

/** Every secret value, one entry per owner, below the environment's own path. */
export function secrets(stage: Stage, { parameters }: StudioContext): Secrets {
  return {
    auth: secret(stage, "auth", { keys: ["sessionSecret"], generated: true }),
    database: secret(
      stage,
      "database",
      parameters.database.kind === "managed"
        ? { keys: ["url"] }
        : { keys: ["password"], template: { url: localDatabaseUrl } },
    ),
    redis:
      parameters.events === "memory"
        ? undefined
        : secret(stage, "redis", {
            keys: ["password"],
            generated: true,
            template: {
              url: `redis://${redisUser}:{{ .password | urlquery }}@redis:${ports.redis}/0`,
              [usersFile.name]: usersFile.template,
            },
          }),
    ai: parameters.ai === "mock" ? undefined : secret(stage, "gemini", { keys: ["apiKey"] }),
  };
}

/** Composed where the password is, by External Secrets. */
const localDatabaseUrl = `postgresql://${database}:{{ .password | urlquery }}@postgres:${ports.postgres}/${database}`;
