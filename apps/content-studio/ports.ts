/** Ports inside the pods; Services offer them under the same numbers. */
export const ports = {
  /** Below /api for users; also answers health. */
  server: 3000,
  /** Above 1023: nginx does not run as root. */
  web: 8080,
  redis: 6379,
  postgres: 5432,
  /** Of the Datadog agent on the pod's node: OpenTelemetry by HTTP. */
  telemetry: 4318,
} as const;
