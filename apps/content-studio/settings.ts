import { bucketName, config, publicUrl } from "#synth";
import type { ConfigRef, EnvironmentValue, Stage } from "#synth";
import { apiPath } from "./parameters.ts";
import type { StudioContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";
import type { Variable } from "./variables.ts";

/** What server and worker are told alike, apart from secrets: the image reads the same in both modes. */
export function settings(stage: Stage, context: StudioContext): ConfigRef {
  const { parameters } = context;
  const url = publicUrl(context, context.parameters.host);
  const data: Partial<Record<Variable, string>> = {
    NODE_ENV: "production",
    SERVER_HOST: "0.0.0.0",
    SERVER_PORT: String(ports.server),
    PUBLIC_SERVER_URL: url,
    PUBLIC_SERVER_API_PATH: apiPath,
    PUBLIC_WEB_URL: url,
    SSE_ADAPTER: parameters.events,
    AI_PROVIDER: "gemini",
    USE_MOCK_AI: String(parameters.ai === "mock"),
    ...storage(context),
  };
  return config(stage, "content-studio", data);
}

function storage({ cluster, parameters }: StudioContext): Partial<Record<Variable, string>> {
  const { storage } = parameters;
  // Off AWS there is no bucket: checkParameters has said so.
  if (storage.provider === "database" || cluster.provider !== "eks") return { STORAGE_PROVIDER: "database" };
  return {
    STORAGE_PROVIDER: "s3",
    S3_BUCKET: bucketName(cluster, storage.bucket),
    S3_REGION: cluster.region,
  };
}

/** The secrets of server and worker, as variables. */
export function secretSettings({
  auth,
  database,
  redis,
  ai,
}: Secrets): Partial<Record<Variable, EnvironmentValue>> {
  return {
    SERVER_AUTH_SECRET: { secret: auth, key: "sessionSecret" },
    SERVER_POSTGRES_URL: { secret: database, key: "url" },
    ...(redis && { REDIS_URL: { secret: redis, key: "url" } }),
    ...(ai && { GEMINI_API_KEY: { secret: ai, key: "apiKey" } }),
  };
}
