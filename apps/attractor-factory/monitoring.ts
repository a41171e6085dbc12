import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import type { Stage } from "#synth";
import type { FactoryContext } from "./parameters.ts";

/** What Prometheus asks, on clusters that have it: the API, the controller and MinIO. */
export function monitoring(stage: Stage, { capabilities }: FactoryContext): void {
  if (capabilities.monitoring === undefined) return;
  stage.addResource({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "attractor-factory" },
    spec: {
      selector: { matchLabels: { ...stage.context.labels } },
      endpoints: [
        { port: "metrics", path: "/metrics", interval: "30s" },
        { port: "s3", path: "/minio/v2/metrics/cluster", interval: "60s" },
      ],
    },
  } satisfies IServiceMonitor);
}
