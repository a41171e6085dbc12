import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import { scaleTarget } from "./scalable.ts";
import type { Scalable } from "./scalable.ts";
import { behavior } from "./scaling-pace.ts";
import type { ScalingPace } from "./scaling-pace.ts";
import { scaleOnQueue } from "./queue-scaling.ts";
import type { QueueScaling } from "./queue-scaling.ts";

/** A fixed number of replicas, an autoscaler between two bounds, or one that follows a queue. */
export type Replicas = number | Autoscaling | QueueScaling;

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
  kind: Scalable,
  name: string,
  replicas: Replicas,
): { readonly replicas: number | undefined; readonly several: boolean } {
  if (typeof replicas === "number") return { replicas, several: replicas > 1 };
  if ("queue" in replicas) scaleOnQueue(stage, kind, name, replicas, behavior(replicas));
  else autoscale(stage, kind, name, replicas);
  return { replicas: undefined, several: replicas.max > 1 };
}

function autoscale(stage: Stage, kind: Scalable, name: string, autoscaling: Autoscaling): void {
  const targets = { cpu: autoscaling.cpu, memory: autoscaling.memory };
  stage.add(k8s.KubeHorizontalPodAutoscalerV2, name, {
    spec: {
      scaleTargetRef: scaleTarget(kind, name),
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
