import { rotation, statefulSet } from "#synth";
import type { Component, PublicImage, SecretRef, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { sizes, storeResources } from "./sizes.ts";

/** The maintained fork of MinIO, server and client (`mc`) in one; upstream's images are gone. */
export const minioImage: PublicImage =
  "docker.io/pgsty/silo:RELEASE.2026-09-16T00-00-00Z@sha256:635197cb9f36d01bee221d34d1c7d7960f6a95c48b0b6c01d99cd13bdae51a46";

export const rootUser = "factory-root";

export const buckets = {
  /** What runs produce. */
  artifacts: "factory-artifacts",
  /** Database dumps. */
  backups: "factory-backups",
} as const;

/** Where it is reached from every namespace; runs fetch and store by signed addresses below it. */
export function minioEndpoint({ namespace }: FactoryContext): string {
  return `http://minio.${namespace}.svc:${ports.minio}`;
}

/** Object storage: one server, one volume. Its console stays off; people use `mc`. */
export function minio(stage: Stage, context: FactoryContext, keys: SecretRef): Component<"s3"> {
  const store = sizes[context.parameters.size].minio;
  return statefulSet(stage, "minio", {
    image: minioImage,
    args: ["server", "/data", "--address", `:${ports.minio}`, "--certs-dir", "/tmp/certs"],
    replicas: 1,
    user: 1000,
    ports: { s3: ports.minio },
    env: {
      HOME: "/tmp",
      MINIO_ROOT_USER: rootUser,
      MINIO_ROOT_PASSWORD: { secret: keys, key: "rootPassword" },
      MINIO_BROWSER: "off",
      MINIO_UPDATE: "off",
      // Who may ask is a matter of network policy; Prometheus then needs no token.
      MINIO_PROMETHEUS_AUTH_TYPE: "public",
    },
    resources: storeResources(store),
    volumes: { data: { size: `${store.volumeGiB}Gi`, path: "/data" } },
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "256Mi" } }],
    probes: {
      startup: { http: "/minio/health/live", port: "s3", periodSeconds: 5, failureThreshold: 60 },
      readiness: { http: "/minio/health/ready", port: "s3", timeoutSeconds: 5 },
      liveness: {
        http: "/minio/health/live",
        port: "s3",
        periodSeconds: 15,
        timeoutSeconds: 10,
        failureThreshold: 4,
      },
    },
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
}
