import { config, jobTemplate, k8s } from "#synth";
import type { ConfigRef, JobTemplate, Stage } from "#synth";
import { minioEndpoint } from "./minio.ts";
import type { FactoryContext } from "./parameters.ts";
import { ports } from "./ports.ts";
import { runnerSizes } from "./sizes.ts";

/** Runs live apart from what starts them, in a namespace where nothing else is to be found. */
export function runnersNamespace({ namespace }: Pick<FactoryContext, "namespace">): string {
  return `${namespace}-runners`;
}

/** That namespace, which holds as many runs as may run at once. */
export function runners(context: FactoryContext) {
  const { concurrency, size } = context.parameters.runners;
  const { cpuMillis, memoryGiB } = runnerSizes[size];
  // Runs that are still stopping count as well.
  const pods = concurrency + 2;
  return {
    name: runnersNamespace(context),
    quota: {
      cpu: `${cpuMillis.request * pods}m`,
      memory: `${memoryGiB * pods}Gi`,
      pods,
      persistentVolumeClaims: 0,
    },
  };
}

const name = "factory-runner";

/** The Job that the controller starts for each run. */
export function runnerTemplate(stage: Stage, context: FactoryContext): JobTemplate {
  const { size, timeLimitMinutes } = context.parameters.runners;
  const { cpuMillis, memoryGiB, workspaceGiB } = runnerSizes[size];
  const memory = `${memoryGiB}Gi`;
  const disk = `${workspaceGiB + 1}Gi`;
  return jobTemplate(stage, name, {
    namespace: runnersNamespace(context),
    image: context.images.runner,
    env: {
      API_URL: `http://factory-api.${context.namespace}.svc:${ports.api}`,
      S3_ENDPOINT: minioEndpoint(context),
      HOME: "/workspace",
    },
    resources: {
      cpu: { request: `${cpuMillis.request}m`, limit: `${cpuMillis.limit}m` },
      memory: { request: memory, limit: memory },
      ephemeralStorage: { request: disk, limit: disk },
    },
    mounts: [
      { path: "/workspace", source: { scratch: "workspace", size: `${workspaceGiB}Gi` } },
      { path: "/tmp", source: { scratch: "tmp", size: "512Mi" } },
    ],
    // A run is not safe to repeat: whoever asked for it decides.
    retries: 0,
    timeoutSeconds: timeLimitMinutes * 60,
    secondsAfterFinished: 3600,
    annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
  });
}

const quantity = (text: string): k8s.Quantity => k8s.Quantity.fromString(text);

/** What the runs' namespace holds before the first of them, and the template for the controller. */
export function runnerFoundation(stage: Stage, context: FactoryContext, template: JobTemplate): ConfigRef {
  const namespace = runnersNamespace(context);
  const { cpuMillis, memoryGiB } = runnerSizes[context.parameters.runners.size];
  const most = { cpu: quantity(`${cpuMillis.limit}m`), memory: quantity(`${memoryGiB}Gi`) };
  stage.add(k8s.KubeServiceAccount, name, { metadata: { namespace }, automountServiceAccountToken: false });
  // Also what slips past the template has bounds: those of one run.
  stage.add(k8s.KubeLimitRange, name, {
    metadata: { namespace },
    spec: {
      limits: [
        {
          type: "Container",
          max: most,
          default: most,
          defaultRequest: { ...most, cpu: quantity(`${cpuMillis.request}m`) },
        },
      ],
    },
  });
  return config(stage, "factory-runner-template", { "job.yaml": template.manifest });
}
