import type { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import type { ScalingPace } from "./scaling-pace.ts";
import { scaleTarget } from "./scalable.ts";
import type { Scalable } from "./scalable.ts";
import type { SecretRef } from "./secret.ts";

/** Replicas by the length of a queue, which KEDA asks for. Needs the capability `eventScaling`. */
export interface QueueScaling extends ScalingPace {
  readonly min: number;
  readonly max: number;
  readonly queue: Queue;
}

/** A queue, and how its length is asked. */
export interface Queue {
  /** KEDA's name for who is asked, such as `postgresql`. */
  readonly scaler: string;
  /** What that scaler has to know, in KEDA's words; the entry that says how much one replica works off is among it. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What it signs in with: the scaler's parameter, and the Secret that holds it. */
  readonly secret: { readonly parameter: string; readonly from: SecretRef; readonly key: string };
}

/** Seconds between two looks at a queue: twice as often as KEDA does by itself, for jobs that a person waits for. */
const pollingSeconds = 15;
/** Looks in vain, one after the other, until the workload has what it has, or its minimum: a minute without an answer. */
const toleratedFailures = 4;

/** Written out where KEDA would default it, so that a reconciler sees no difference. */
export function scaleOnQueue(
  stage: Stage,
  kind: Scalable,
  name: string,
  { min, max, queue }: QueueScaling,
  behavior: k8s.HorizontalPodAutoscalerBehaviorV2,
): void {
  if (stage.context.capabilities.eventScaling === undefined) {
    stage.context.report(
      `${kind} ${name} scales on a queue, which nothing on ${stage.context.cluster.name} looks at`,
      'give the cluster the capability "eventScaling", or let it scale on CPU',
    );
    return;
  }
  const { parameter, from, key } = queue.secret;
  stage.addResource({
    apiVersion: "keda.sh/v1alpha1",
    kind: "TriggerAuthentication",
    metadata: { name },
    spec: { secretTargetRef: [{ parameter, name: from.secretName, key }] },
  });
  stage.addResource({
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata: { name },
    spec: {
      scaleTargetRef: scaleTarget(kind, name),
      minReplicaCount: min,
      maxReplicaCount: max,
      pollingInterval: pollingSeconds,
      // Where nobody knows how many, the queue goes on being worked off, and nobody who works is sent away.
      fallback: {
        failureThreshold: toleratedFailures,
        replicas: min,
        behavior: "currentReplicasIfHigher",
      },
      advanced: { horizontalPodAutoscalerConfig: { behavior } },
      triggers: [{ type: queue.scaler, metadata: { ...queue.metadata }, authenticationRef: { name } }],
    },
  });
}
