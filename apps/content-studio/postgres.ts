import { statefulSet } from "#synth";
import type { Component, EnvironmentValue, PublicImage, SecretRef, Stage } from "#synth";
import { ports } from "./ports.ts";
import type { Variable } from "./variables.ts";

const postgresImage: PublicImage =
  "docker.io/library/postgres:17.11-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24";

/** Name of the database, and of its user. */
export const database = "studio";

/** A database for the machine of a developer: one pod, one volume, the image's own settings. */
export function postgres(stage: Stage, size: `${number}Gi`, password: SecretRef): Component<"postgres"> {
  const env: Partial<Record<Variable, EnvironmentValue>> = {
    POSTGRES_DB: database,
    POSTGRES_USER: database,
    POSTGRES_PASSWORD: { secret: password, key: "password" },
    // Below the mount, because a volume's own root holds lost+found and is not the server's to own.
    PGDATA: "/var/lib/postgresql/data/pgdata",
  };
  const alive = ["pg_isready", "-q", "-h", "127.0.0.1", "-U", database];
  return statefulSet(stage, "postgres", {
    image: postgresImage,
    replicas: 1,
    user: 70,
    ports: { postgres: ports.postgres },
    env,
    resources: { cpu: { request: "50m" }, memory: { request: "128Mi", limit: "512Mi" } },
    volumes: { data: { size, path: "/var/lib/postgresql/data" } },
    mounts: [
      { path: "/var/run/postgresql", source: { scratch: "run", size: "16Mi" } },
      { path: "/tmp", source: { scratch: "tmp", size: "64Mi" } },
    ],
    probes: {
      startup: { exec: alive, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
      readiness: { exec: [...alive, "-d", database], timeoutSeconds: 5 },
      liveness: { exec: alive, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 6 },
    },
    terminationGracePeriodSeconds: 60,
  });
}
