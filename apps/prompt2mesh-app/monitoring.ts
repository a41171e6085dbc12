import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { slo } from "#synth";
import type { Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";
import { slos } from "./slos.ts";

/** What Prometheus asks, on clusters that have it: the backend; and what is promised of the app. */
export function monitoring(stage: Stage, { capabilities }: MeshContext): void {
  if (capabilities.monitoring === undefined) return;
  stage.addResource({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "prompt2mesh" },
    spec: {
      selector: { matchLabels: { ...stage.context.labels } },
      // Blue-green has two Services for the same pods; the second one would count each of them twice.
      endpoints: [
        {
          port: "metrics",
          path: "/metrics",
          interval: "30s",
          relabelings: [
            { sourceLabels: ["__meta_kubernetes_service_name"], regex: ".*-preview", action: "drop" },
          ],
        },
      ],
    },
  } satisfies IServiceMonitor);
  for (const declared of slos) slo(stage, declared);
}
