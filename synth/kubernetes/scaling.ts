import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import { scaleOnQueue } from "./queue-scaling.ts";
import type { QueueScaling } from "./queue-scaling.ts";

/** A fixed number of replicas, an autoscaler between two bounds, or one that follows a queue. */
export type Replicas = number | Autoscaling | QueueScaling;

/** How fast an autoscaler moves between its bounds. */
export interface ScalingPace {
  /** Seconds of steady demand before it adds replicas. Default: 0. */
  readonly scaleUpAfterSeconds?: number;
  /** Most replicas that it adds in a minute. Default: Kubernetes' own, which doubles or adds four every 15 seconds. */
  readonly scaleUpPerMinute?: number;
  /** Seconds of steady calm before it removes replicas. Default: 300. */
  readonly scaleDownAfterSeconds?: number;
  /** Most replicas that it removes in a minute. Default: Kubernetes' own, which removes all that are not needed. */
  readonly scaleDownPerMinute?: number;
}

export interface Autoscaling extends ScalingPace {
  readonly min: number;
  readonly max: number;
  /** Target CPU use in percent of the request. */
  readonly cpu?: number;
  /** Target memory use in percent of the request. */
  readonly memory?: number;
}

/** The replicas to write into the workload (none where an autoscaler owns them), and whether there are several. */
export function scaling(
  stage: Stage,
  kind: "Deployment" | "StatefulSet",
  name: string,
  replicas: Replicas,
): { readonly replicas: number | undefined; readonly several: boolean } {
  if (typeof replicas === "number") return { replicas, several: replicas > 1 };
  if ("queue" in replicas) scaleOnQueue(stage, kind, name, replicas, behavior(replicas));
  else autoscale(stage, kind, name, replicas);
  return { replicas: undefined, several: replicas.max > 1 };
}

function autoscale(
  stage: Stage,
  kind: "Deployment" | "StatefulSet",
  name: string,
  autoscaling: Autoscaling,
): void {
  const targets = { cpu: autoscaling.cpu, memory: autoscaling.memory };
  stage.add(k8s.KubeHorizontalPodAutoscalerV2, name, {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind, name },
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: Object.entries(targets).flatMap(([resource, averageUtilization]) =>
        averageUtilization === undefined
          ? []
          : [
              {
                type: "Resource",
                resource: { name: resource, target: { type: "Utilization", averageUtilization } },
              },
            ],
      ),
      behavior: behavior(autoscaling),
    },
  });
}

function behavior(pace: ScalingPace): k8s.HorizontalPodAutoscalerBehaviorV2 {
  const { scaleUpAfterSeconds = 0, scaleUpPerMinute, scaleDownAfterSeconds = 300, scaleDownPerMinute } = pace;
  return {
    scaleUp: { stabilizationWindowSeconds: scaleUpAfterSeconds, ...atMost(scaleUpPerMinute) },
    scaleDown: { stabilizationWindowSeconds: scaleDownAfterSeconds, ...atMost(scaleDownPerMinute) },
  };
}

function atMost(perMinute: number | undefined): { policies?: k8s.HpaScalingPolicyV2[] } {
  return perMinute === undefined ? {} : { policies: [{ type: "Pods", value: perMinute, periodSeconds: 60 }] };
}
