import { config, deployment, role, rotation } from "#synth";
import type { Component, ConfigRef, Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { runnersNamespace } from "./runner.ts";
import type { Secrets } from "./secrets.ts";
import { sizes } from "./sizes.ts";

const name = "factory-runner-controller";

/** Takes runs from the queue and starts a Job for each, from the template and in the runs' namespace alone. */
export function controller(
  stage: Stage,
  context: FactoryContext,
  secrets: Secrets,
  template: ConfigRef,
): Component<"metrics"> {
  role(stage, name, {
    namespace: runnersNamespace(context),
    serviceAccount: name,
    rules: [
      { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create", "get", "list", "watch", "delete"] },
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    ],
  });
  return deployment(stage, name, {
    image: context.images.controller,
    // Two would dispatch twice. Runs go on while it is away, and it finds them by their labels when it is back.
    replicas: 1,
    strategy: "recreate",
    ports: { metrics: ports.metrics },
    kubernetesApi: true,
    envFrom: [
      config(stage, name, {
        NODE_ENV: "production",
        LOG_LEVEL: "info",
        METRICS_PORT: String(ports.metrics),
        DATABASE_POOL_SIZE: "5",
        RUNNER_NAMESPACE: runnersNamespace(context),
        RUNNER_TEMPLATE: "/etc/factory-runner/job.yaml",
        MAX_CONCURRENT_RUNS: String(context.parameters.runners.concurrency),
      }),
    ],
    env: {
      DATABASE_URL: { secret: secrets.postgres, key: "databaseUrl" },
      REDIS_URL: { secret: secrets.redis, key: "url" },
      RUN_TOKEN_SECRET: { secret: secrets.factory, key: "runTokenSecret" },
    },
    resources: sizes[context.parameters.size].controller,
    mounts: [
      { path: "/etc/factory-runner", readOnly: true, source: { config: template } },
      { path: "/tmp", source: { scratch: "tmp", size: "64Mi" } },
    ],
    probes: {
      startup: { http: "/healthz", port: "metrics", periodSeconds: 2, failureThreshold: 30 },
      readiness: { http: "/readyz", port: "metrics" },
      liveness: { http: "/healthz", port: "metrics", periodSeconds: 20, timeoutSeconds: 5 },
    },
    terminationGracePeriodSeconds: 60,
    ...rotation(context),
  });
}
