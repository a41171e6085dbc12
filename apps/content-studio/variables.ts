/**
 * Every environment variable of Content Studio's containers, and what it is for. Settings and secrets take their names
 * from here, and docs/environment-variables.md its words.
 */
export const variables = {
  NODE_ENV: "`production`, so that libraries leave their development aids out",
  SERVER_HOST: "address that the server listens on",
  SERVER_PORT: "port that the server listens on",
  SERVER_AUTH_SECRET: "signs sessions; another value signs everybody out",
  SERVER_POSTGRES_URL: "database of content, users and jobs; also how KEDA counts the jobs that wait",
  PUBLIC_SERVER_URL: "address of the API as browsers know it",
  PUBLIC_SERVER_API_PATH: "path that the API is below",
  PUBLIC_WEB_URL: "address of the pages; the origin that the API trusts",
  SSE_ADAPTER: "how events reach browsers: `memory` those of one replica, `redis` those of all",
  REDIS_URL: "Redis that carries events, where `SSE_ADAPTER` is `redis`",
  STORAGE_PROVIDER: "where audio and documents lie: `s3` or `database`",
  S3_BUCKET: "bucket, where the storage is `s3`; the pod's role opens it, without a key",
  S3_REGION: "region of that bucket",
  AI_PROVIDER: "who generates text and speech",
  GEMINI_API_KEY: "key of Google Gemini, where the AI is no mock",
  USE_MOCK_AI: "`true`: text and speech are made up, no service is called",
  OTEL_SDK_DISABLED: "`true` where nothing collects traces",
  OTEL_SERVICE_NAME: "name of the service on traces and metrics",
  OTEL_RESOURCE_ATTRIBUTES: "environment, version and pod on traces and metrics, for Datadog's unified tags",
  OTEL_EXPORTER_OTLP_ENDPOINT: "the Datadog agent of the pod's own node",
  OTEL_EXPORTER_OTLP_PROTOCOL: "how it is spoken to",
  OTEL_TRACES_EXPORTER: "traces are exported",
  OTEL_METRICS_EXPORTER: "metrics are exported",
  OTEL_LOGS_EXPORTER: "`none`: the agent reads logs from the container's output",
  HOST_IP: "address of the pod's node, a part of other values",
  POD_UID: "the pod's id, a part of other values",
  DD_ENV: "Datadog's unified tag `env`",
  DD_SERVICE: "Datadog's unified tag `service`",
  DD_VERSION: "Datadog's unified tag `version`: the image's tag, or the beginning of its digest",
  REDISCLI_AUTH: "what redis-cli signs in with, in probes and for people",
  POSTGRES_DB: "database that the first start makes",
  POSTGRES_USER: "user that the first start makes",
  POSTGRES_PASSWORD: "that user's password",
  PGDATA: "folder of the data, below the volume's root",
} as const;

export type Variable = keyof typeof variables;
