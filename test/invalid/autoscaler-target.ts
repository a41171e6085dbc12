import { k8s } from "#synth";
import type { Stage } from "#synth";
import { webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

function autoscaler(stage: Stage, target: string): void {
  stage.add(k8s.KubeHorizontalPodAutoscalerV2, "web", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: target },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
        },
      ],
    },
  });
}

export default [
  invalidGarden(
    {
      title: "an autoscaler without a workload",
      what: "it scales Deployment webb, which namespace shop-dev does not have",
      fix: "did you mean web? Otherwise point it at a workload of its own namespace",
      object: "HorizontalPodAutoscaler/shop-dev/web spec.scaleTargetRef",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        autoscaler(stage, "webb");
      },
    },
  ),
  invalidGarden(
    {
      title: "an autoscaler of a workload with fixed replicas",
      what: "it fixes 2 replicas, and HorizontalPodAutoscaler web scales it: each sync would undo the scaling",
      fix: "leave replicas out, or remove the autoscaler",
      object: "Deployment/shop-dev/web spec.replicas",
    },
    {
      render: (stage, context) => {
        webServer(stage, context);
        autoscaler(stage, "web");
      },
    },
  ),
];
