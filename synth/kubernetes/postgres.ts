import type { PublicImage } from "../model/image.ts";
import type { Stage } from "../model/stage.ts";
import type { Component } from "./component.ts";
import { config } from "./config.ts";
import type { EnvironmentValue, Mount } from "./container.ts";
import { statefulSet } from "./workload.ts";

export interface PostgresSpec {
  /** PostgreSQL of Docker's library, its alpine image. */
  readonly image: PublicImage;
  /** Name of the database that the first start makes. */
  readonly database: string;
  /** Password of `postgres`, the superuser. */
  readonly password: EnvironmentValue;
  /** A bash script that makes the roles, and what it reads. Run once, when the data directory is made. */
  readonly roles: { readonly script: string; readonly env: Readonly<Record<string, EnvironmentValue>> };
  /** Text of postgresql.conf. */
  readonly settings: string;
  /** CPU request as a quantity; there is no limit, so it bursts. */
  readonly cpu: string;
  /** Request and limit, so that it is never evicted for it. */
  readonly memoryMiB: number;
  /** Volume of the data with its write-ahead log, so that one snapshot holds a consistent state. */
  readonly size: `${number}Gi`;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** User and group of the alpine image; the Debian ones have 999. */
export const postgresUser = 70;

const data = "/var/lib/postgresql/data";

/** Port inside the pod, and of its Service. */
const port = 5432;

/** One PostgreSQL on one volume, whose settings and roles are the app's. */
export function postgres(stage: Stage, name: string, spec: PostgresSpec): Component<"postgres"> {
  return statefulSet(stage, name, {
    image: spec.image,
    args: ["postgres", "-c", "config_file=/etc/postgresql/postgresql.conf"],
    replicas: 1,
    user: postgresUser,
    ports: { postgres: port },
    env: {
      POSTGRES_DB: spec.database,
      POSTGRES_USER: "postgres",
      POSTGRES_PASSWORD: spec.password,
      ...spec.roles.env,
      // Below the mount, because a volume's own root holds lost+found and is not the server's to own.
      PGDATA: `${data}/pgdata`,
      // Sort order from Postgres itself: another C library under the same data would corrupt its indexes.
      POSTGRES_INITDB_ARGS:
        "--data-checksums --auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8",
    },
    resources: {
      cpu: { request: spec.cpu },
      memory: { request: `${spec.memoryMiB}Mi`, limit: `${spec.memoryMiB}Mi` },
    },
    volumes: { data: { size: spec.size, path: data } },
    mounts: mounts(stage, name, spec),
    probes: {
      // Ten minutes for the first initialisation, or for recovery after a crash.
      startup: { exec: alive, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 120 },
      // By address: while it initialises, a server without network answers on the socket alone.
      readiness: {
        exec: ["pg_isready", "-q", "-h", "127.0.0.1", "-U", "postgres", "-d", spec.database],
        timeoutSeconds: 5,
      },
      liveness: { exec: alive, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 6 },
    },
    // The image asks for a fast shutdown (SIGINT): sessions end, a checkpoint is written. Killed, it would recover from its log.
    terminationGracePeriodSeconds: 120,
    ...(spec.annotations && { annotations: spec.annotations }),
  });
}

/** A server that turns sessions away (1: it recovers, or has none left) lives; only silence (2) calls for a restart. */
const alive = ["sh", "-c", "pg_isready -q -h 127.0.0.1 -U postgres; [ $? -le 1 ]"];

function mounts(stage: Stage, name: string, { settings, roles, memoryMiB }: PostgresSpec): readonly Mount[] {
  return [
    {
      path: "/etc/postgresql",
      readOnly: true,
      source: { config: config(stage, `${name}-settings`, { "postgresql.conf": settings }) },
    },
    {
      path: "/docker-entrypoint-initdb.d",
      readOnly: true,
      source: { config: config(stage, `${name}-init`, { "10-roles.sh": roles.script }) },
    },
    { path: "/var/run/postgresql", source: { scratch: "run", size: "16Mi" } },
    { path: "/tmp", source: { scratch: "tmp", size: "256Mi" } },
    // Parallel queries share memory through it, and 64 MiB, the default, is too little for them.
    { path: "/dev/shm", source: { scratch: "shm", medium: "Memory", size: `${memoryMiB / 4}Mi` } },
  ];
}
