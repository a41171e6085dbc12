import { defineApp, httpIngress } from "#synth";
import type { Stage } from "#synth";
import { api } from "./api.ts";
import { backups } from "./backups.ts";
import { controller } from "./controller.ts";
import { migrations } from "./migrations.ts";
import { minio } from "./minio.ts";
import { minioSetup } from "./minio-setup.ts";
import { monitoring } from "./monitoring.ts";
import { networkPolicies } from "./network.ts";
import { checkParameters, images, needs } from "./parameters.ts";
import type { FactoryContext, Parameters } from "./parameters.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import { runnerFoundation, runners, runnerTemplate } from "./runner.ts";
import { secrets } from "./secrets.ts";
import { variables } from "./variables.ts";
import { volumeSnapshots } from "./volume-snapshots.ts";
import { web } from "./web.ts";

export const attractorFactory = defineApp<Parameters>()({
  name: "attractor-factory",
  description:
    "Runs coding agents as Kubernetes Jobs: a web interface, an API, a runner controller and their databases.",
  images,
  needs,
  uses: ["resourceMetrics", "volumeSnapshots", "monitoring"],
  // The databases first; then what changes their content; then what serves from them.
  stages: ["data", "migrate", "serve"],
  promotion: { soakHours: { prod: 24 }, approvers: { prod: ["@example/platform"] } },
  variables,
  namespaces: (context) => [runners(context)],
  render,
});

function render(
  { data, migrate, serve }: Readonly<Record<"data" | "migrate" | "serve", Stage>>,
  context: FactoryContext,
) {
  checkParameters(context);
  const keys = secrets(data);
  const stores = {
    postgres: postgres(data, context, keys.postgres),
    redis: redis(data, context, keys.redis),
    minio: minio(data, context, keys.minio),
  };
  const run = runnerTemplate(data, context);
  const template = runnerFoundation(data, context, run);

  const jobs = {
    minioSetup: minioSetup(migrate, context, keys.minio),
    migrations: migrations(migrate, context, keys),
  };

  const apiServer = api(serve, context, keys);
  const webServer = web(serve, context, apiServer.port("http"));
  const parties = {
    ...stores,
    ...jobs,
    api: apiServer,
    web: webServer,
    controller: controller(serve, context, keys, template),
    backups: backups(serve, context, keys),
    volumeSnapshots: volumeSnapshots(serve, context, Object.values(stores)),
    runs: run.pods,
  };
  httpIngress(serve, "attractor-factory", {
    host: context.parameters.hostname,
    routes: { "/api": apiServer.port("http"), "/": webServer.port("http") },
    healthPath: "/healthz",
    // A shell may stay silent for an hour; 4000 is as much as the load balancer allows.
    idleTimeoutSeconds: 3600,
  });
  monitoring(serve, context);
  // In the first stage, so that doors are open, and only those, before anybody knocks.
  networkPolicies(data, context, parties);
}
