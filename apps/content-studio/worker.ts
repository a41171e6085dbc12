import { deployment, rotation } from "#synth";
import type { Component, ConfigRef, Replicas, Stage } from "#synth";
import type { StudioContext } from "./parameters.ts";
import type { Secrets } from "./secrets.ts";
import { secretSettings } from "./settings.ts";
import { between, sizes } from "./sizes.ts";
import { tags, telemetry } from "./telemetry.ts";

export const workerName = "content-studio-worker";

/** Jobs of every kind: podcasts, voiceovers and what comes. The server's image without its HTTP server. */
export function worker(
  stage: Stage,
  context: StudioContext,
  settings: ConfigRef,
  secrets: Secrets,
): Component<never> {
  const about = { service: workerName, image: context.images.server };
  return deployment(stage, workerName, {
    image: context.images.server,
    args: ["--mode=worker"],
    replicas: replicas(context, secrets),
    envFrom: [settings],
    env: { ...secretSettings(secrets), ...telemetry(context, about) },
    resources: sizes[context.parameters.size].worker.resources,
    mounts: [{ path: "/tmp", source: { scratch: "tmp", size: "1Gi" } }],
    probes: {
      // It has two minutes to write it first.
      startup: { exec: beating, periodSeconds: 5, failureThreshold: 24 },
      liveness: { exec: beating, periodSeconds: 30, timeoutSeconds: 10 },
    },
    // A job under way gets five minutes to end; what does not is taken up again by another worker.
    terminationGracePeriodSeconds: 300,
    labels: tags(context, about),
    ...rotation(context),
  });
}

/** A worker writes this file by a timer, every half minute, also while a job takes its time: two minutes without, and it hangs. */
const beating = ["sh", "-c", 'test -n "$(find /tmp/worker-health -mmin -2)"'];

/** Jobs that wait or are worked on, for each worker: nobody waits behind more than one other. */
const jobsPerWorker = 2;
const jobs = "SELECT count(*) FROM job WHERE status IN ('pending', 'processing')";

/** By the jobs in the database where KEDA can ask for them, else by CPU. */
function replicas({ capabilities, parameters }: StudioContext, { database }: Secrets): Replicas {
  const asked = capabilities.eventScaling !== undefined && parameters.database.kind === "managed";
  // Jobs take minutes: a worker that is not needed now may be in two, and whoever goes first is not chosen by its work.
  const pace = { scaleUpPerMinute: 4, scaleDownAfterSeconds: 600, scaleDownPerMinute: 1 };
  return between(sizes[parameters.size].worker.pods, (bounds) =>
    asked
      ? {
          ...bounds,
          ...pace,
          queue: {
            scaler: "postgresql",
            metadata: { query: jobs, targetQueryValue: String(jobsPerWorker) },
            secret: { parameter: "connection", from: database, key: "url" },
          },
        }
      : { ...bounds, ...pace, cpu: 70 },
  );
}
