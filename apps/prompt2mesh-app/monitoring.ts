import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import type { Flow, PortRef, Stage } from "#synth";
import type { MeshContext } from "./parameters.ts";

const monitoringNamespace = "monitoring";

/** What Prometheus asks, on clusters that have it: the backend. */
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
}

/** The way to those ports, for Prometheus alone. */
export function scrapes({ capabilities }: MeshContext, to: readonly PortRef[]): readonly Flow[] {
  if (capabilities.monitoring === undefined) return [];
  const from = { outside: "namespace", namespace: monitoringNamespace } as const;
  return to.map((port) => ({ from, to: port }));
}
