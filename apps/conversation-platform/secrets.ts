import { secret } from "#synth";
import type { SecretRef, Stage } from "#synth";
import { redisFiles } from "./redis-users.ts";

export interface Secrets {
  readonly neo4j: SecretRef;
  readonly redis: SecretRef;
  readonly gemini: SecretRef;
  readonly elevenlabs: SecretRef;
  readonly auth: SecretRef;
}

/** Every secret value, one entry per owner; what has to be put together is put together where the values are. */
export function secrets(stage: Stage): Secrets {
  return {
    neo4j: secret(stage, "neo4j", { keys: ["password"], template: { auth: "neo4j/{{ .password }}" } }),
    redis: secret(stage, "redis", {
      keys: ["password", "operatorPassword", "metricsPassword"],
      template: { ...redisFiles },
    }),
    gemini: secret(stage, "gemini", { keys: ["apiKey"] }),
    elevenlabs: secret(stage, "elevenlabs", { keys: ["apiKey"] }),
    // What call-initiation signs the tokens of its callers with; any random value will do.
    auth: secret(stage, "auth", { keys: ["jwtSecret"], generated: true }),
  };
}
