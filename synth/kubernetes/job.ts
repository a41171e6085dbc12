import { Yaml } from "cdk8s";
import { k8s } from "cdk8s-plus-28";
import { digestOf } from "../objects/digest.ts";
import type { Stage } from "../model/stage.ts";
import type { Party } from "./component.ts";
import type { ContainerSpec } from "./container.ts";
import { selectorLabels } from "./labels.ts";
import { podTemplate } from "./pod.ts";
import type { PodSpec } from "./pod.ts";
import { serviceAccount } from "./workload.ts";

export interface JobSpec extends ContainerSpec, PodSpec {
  /** Retries before it counts as failed. Default: 4. */
  readonly retries?: number;
  /** Seconds after which it is stopped and counts as failed. Default: 600. */
  readonly timeoutSeconds?: number;
}

/**
 * A Job that runs once for each change of what it runs. A Job cannot be edited, so its name carries a
 * digest of its pod: a changed one is a new Job, which both reconcilers wait for before the next stage,
 * and the old one is pruned. There is no time to live: Flux would run a vanished Job again.
 */
export function job(stage: Stage, name: string, spec: JobSpec): Party {
  const template = jobPod(stage, name, spec);
  if (spec.serviceAccount === undefined) serviceAccount(stage, name);
  stage.add(k8s.KubeJob, `${name}-${digestOf(template)}`, {
    spec: { ...limits(spec), template },
  });
  return podsOf(stage, name);
}

export interface CronJobSpec extends JobSpec {
  /** In UTC, as crontab writes it. */
  readonly schedule: string;
}

/** A Job by the clock, never two at once. */
export function cronJob(stage: Stage, name: string, spec: CronJobSpec): Party {
  if (spec.serviceAccount === undefined) serviceAccount(stage, name);
  stage.add(k8s.KubeCronJob, name, {
    spec: {
      schedule: spec.schedule,
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { ...limits(spec), template: jobPod(stage, name, spec) } },
    },
  });
  return podsOf(stage, name);
}

export interface JobTemplateSpec extends JobSpec {
  /** Namespace its Jobs run in, where their service account is, too. */
  readonly namespace: string;
  /** Seconds that a finished Job stays, for its logs to be read. */
  readonly secondsAfterFinished: number;
}

/** A Job for a controller to start at run time. */
export interface JobTemplate {
  /** Its manifest as YAML, which git pins. */
  readonly manifest: string;
  /** Its pods, as flows name them. */
  readonly pods: Party;
}

/** A Job that a controller of the slice starts, with the same secure defaults as those that synth writes. */
export function jobTemplate(stage: Stage, name: string, spec: JobTemplateSpec): JobTemplate {
  const { namespace, secondsAfterFinished } = spec;
  const template = jobPod(stage, name, spec);
  const manifest: unknown = k8s.KubeJob.manifest({
    metadata: { generateName: `${name}-`, namespace, labels: { ...template.metadata?.labels } },
    spec: { ...limits(spec), ttlSecondsAfterFinished: secondsAfterFinished, template },
  });
  return { manifest: Yaml.stringify(manifest), pods: podsOf(stage, name, namespace) };
}

function limits(spec: JobSpec): Pick<k8s.JobSpec, "backoffLimit" | "activeDeadlineSeconds"> {
  return { backoffLimit: spec.retries ?? 4, activeDeadlineSeconds: spec.timeoutSeconds ?? 600 };
}

function jobPod(stage: Stage, name: string, spec: JobSpec): k8s.PodTemplateSpec {
  return podTemplate(stage, {
    ...spec,
    component: name,
    containers: { [name]: spec },
    spread: false,
    // A new pod for each try: the one that failed stays, with its logs.
    restartPolicy: "Never",
  });
}

function podsOf(stage: Stage, name: string, namespace: string = stage.context.namespace): Party {
  return { name, namespace, selector: selectorLabels(stage.context.labels, name) };
}
