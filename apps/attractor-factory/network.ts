import { flows, ingress, internet, kubernetesApi, scrapes } from "#synth";
import type { Component, Flow, Party, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";

/** Everything that talks, or is talked to. */
export interface Parties {
  readonly postgres: Component<"postgres">;
  readonly redis: Component<"redis">;
  readonly minio: Component<"s3">;
  readonly api: Component<"http" | "metrics">;
  readonly web: Component<"http">;
  readonly controller: Component<"metrics">;
  readonly migrations: Party;
  readonly minioSetup: Party;
  readonly backups: Party;
  readonly volumeSnapshots: Party | undefined;
  readonly runs: Party;
}

/** Who may open connections to whom. All else, name resolution apart, is closed. */
export function networkPolicies(stage: Stage, context: FactoryContext, parties: Parties): void {
  const { api, web, controller, migrations, minioSetup, runs } = parties;
  const postgres = parties.postgres.port("postgres");
  const redis = parties.redis.port("redis");
  const minio = parties.minio.port("s3");
  const http = api.port("http");

  const users: readonly Flow[] = [
    { from: ingress, to: http },
    { from: ingress, to: web.port("http") },
    { from: web, to: http },
  ];
  const services: readonly Flow[] = [
    { from: api, to: postgres },
    { from: api, to: redis },
    { from: api, to: minio },
    { from: api, to: kubernetesApi },
    { from: controller, to: postgres },
    { from: controller, to: redis },
    { from: controller, to: kubernetesApi },
  ];
  // Nobody opens a connection to a run: shells go through the Kubernetes API.
  const untrusted: readonly Flow[] = [
    { from: runs, to: http },
    { from: runs, to: minio },
    { from: runs, to: internet(443) },
  ];
  const jobs: readonly Flow[] = [
    { from: migrations, to: postgres },
    { from: minioSetup, to: minio },
    { from: parties.backups, to: postgres },
    { from: parties.backups, to: minio },
    ...(parties.volumeSnapshots ? [{ from: parties.volumeSnapshots, to: kubernetesApi }] : []),
  ];
  const metrics = [api.port("metrics"), controller.port("metrics"), minio];
  flows(stage, [...users, ...services, ...untrusted, ...jobs, ...scrapes(context, metrics)]);
}
