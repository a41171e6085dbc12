import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";

/** A fixed number of replicas, or an autoscaler between two bounds. */
export type Replicas = number | Autoscaling;

export interface Autoscaling {
  readonly min: number;
  readonly max: number;
  /** Target CPU use in percent of the request. */
  readonly cpu?: number;
  /** Target memory use in percent of the request. */
  readonly memory?: number;
  /** Metrics of the workload's Service, from the cluster's `customMetrics`: what there may be for each pod. */
  readonly metrics?: readonly { readonly name: string; readonly mean: number }[];
  /** Seconds of steady demand before it adds replicas. Default: 0. */
  readonly scaleUpAfterSeconds?: number;
  /** Seconds of steady calm before it removes replicas. Default: 300. */
  readonly scaleDownAfterSeconds?: number;
}

/** The replicas to write into the workload (none where an autoscaler owns them), and whether there are several. */
export function scaling(
  stage: Stage,
  kind: "Deployment" | "StatefulSet",
  name: string,
  replicas: Replicas,
): { readonly replicas: number | undefined; readonly several: boolean } {
  if (typeof replicas === "number") return { replicas, several: replicas > 1 };
  const { min, max, scaleUpAfterSeconds = 0, scaleDownAfterSeconds = 300 } = replicas;
  refuseUnmeasured(stage, name, replicas);
  stage.add(k8s.KubeHorizontalPodAutoscalerV2, name, {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind, name },
      minReplicas: min,
      maxReplicas: max,
      metrics: [...resourceMetrics(replicas), ...serviceMetrics(name, replicas)],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: scaleUpAfterSeconds },
        scaleDown: { stabilizationWindowSeconds: scaleDownAfterSeconds },
      },
    },
  });
  return { replicas: undefined, several: max > 1 };
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
