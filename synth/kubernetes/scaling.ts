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
  /** Seconds of steady demand before it adds replicas. Default: 0. */
  readonly scaleUpAfterSeconds?: number;
  /** Seconds of steady calm before it removes replicas. Default: 300. */
  readonly scaleDownAfterSeconds?: number;
}

type Scaled = "Deployment" | "StatefulSet" | "Rollout";

const apiVersions: Readonly<Record<Scaled, string>> = {
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  Rollout: "argoproj.io/v1alpha1",
};

/** The replicas to write into the workload (none where an autoscaler owns them), and whether there are several. */
export function scaling(
  stage: Stage,
  kind: Scaled,
  name: string,
  replicas: Replicas,
): { readonly replicas: number | undefined; readonly several: boolean } {
  if (typeof replicas === "number") return { replicas, several: replicas > 1 };
  const { min, max, scaleUpAfterSeconds = 0, scaleDownAfterSeconds = 300 } = replicas;
  const targets = { cpu: replicas.cpu, memory: replicas.memory };
  stage.add(k8s.KubeHorizontalPodAutoscalerV2, name, {
    spec: {
      scaleTargetRef: { apiVersion: apiVersions[kind], kind, name },
      minReplicas: min,
      maxReplicas: max,
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
      behavior: {
        scaleUp: { stabilizationWindowSeconds: scaleUpAfterSeconds },
        scaleDown: { stabilizationWindowSeconds: scaleDownAfterSeconds },
      },
    },
  });
  return { replicas: undefined, several: max > 1 };
}
