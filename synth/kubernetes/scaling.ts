import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";
import { scaleOnQueue } from "./queue-scaling.ts";
import type { QueueScaling } from "./queue-scaling.ts";
import { scaleTarget } from "./scalable.ts";
import type { Scalable } from "./scalable.ts";
import { behavior } from "./scaling-pace.ts";
import type { ScalingPace } from "./scaling-pace.ts";

/** A fixed number of replicas, an autoscaler between two bounds, or one that follows a queue. */
export type Replicas = number | Autoscaling | QueueScaling;

export interface Autoscaling extends ScalingPace {
  readonly min: number;
  readonly max: number;
  /** Target CPU use in percent of the request. */
  readonly cpu?: number;
  /** Target memory use in percent of the request. */
  readonly memory?: number;
  /** Metrics of the workload's Service, from the cluster's `customMetrics`: what there may be for each pod. */
  readonly metrics?: readonly { readonly name: string; readonly mean: number }[];
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
  refuseUnmeasured(stage, name, autoscaling);
  stage.add(k8s.KubeHorizontalPodAutoscalerV2, name, {
    spec: {
      scaleTargetRef: scaleTarget(kind, name),
      minReplicas: autoscaling.min,
      maxReplicas: autoscaling.max,
      metrics: [...resourceMetrics(autoscaling), ...serviceMetrics(name, autoscaling)],
      behavior: behavior(autoscaling),
    },
  });
}

function resourceMetrics({ cpu, memory }: Autoscaling): k8s.MetricSpecV2[] {
  return Object.entries({ cpu, memory }).flatMap(([resource, averageUtilization]) =>
    averageUtilization === undefined
      ? []
      : [
          {
            type: "Resource",
            resource: { name: resource, target: { type: "Utilization", averageUtilization } },
          },
        ],
  );
}

/** Of the workload's Service, whose sum the autoscaler divides by the pods. */
function serviceMetrics(service: string, { metrics = [] }: Autoscaling): k8s.MetricSpecV2[] {
  return metrics.map(({ name, mean }) => ({
    type: "Object",
    object: {
      describedObject: { apiVersion: "v1", kind: "Service", name: service },
      metric: { name },
      target: { type: "AverageValue", averageValue: k8s.Quantity.fromString(String(mean)) },
    },
  }));
}

function refuseUnmeasured({ context }: Stage, name: string, { metrics = [] }: Autoscaling): void {
  if (metrics.length === 0 || context.capabilities.customMetrics !== undefined) return;
  context.report(
    `${name} scales on ${metrics.map((metric) => metric.name).join(", ")}, which ${context.cluster.name} gives to no autoscaler`,
    'give the cluster the capability "customMetrics", and list it among what the app needs',
  );
}
