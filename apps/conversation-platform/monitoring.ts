import type { IPrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { serviceMonitor } from "#synth";
import type { Stage } from "#synth";
import { customMetrics } from "./metrics.ts";
import type { Parties } from "./network.ts";

/** What Prometheus asks of the databases and the proxy, and the series that it records for the autoscalers. */
export function monitoring(
  stage: Stage,
  { haproxy, redis, graph }: Pick<Parties, "haproxy" | "redis" | "graph">,
  edition: "community" | "enterprise",
): void {
  serviceMonitor(stage, haproxy.port("metrics"), { exports: [] });
  serviceMonitor(stage, redis.port("metrics"), { exports: ["redis_commands_processed_total"] });
  if (edition === "enterprise") {
    for (const server of [graph.core, ...(graph.replica ? [graph.replica] : [])])
      serviceMonitor(stage, server.port("metrics"), { exports: [] });
  }
  stage.addResource({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "conversation-metrics" },
    spec: {
      groups: [
        {
          name: "autoscalers",
          // No later than the autoscalers look.
          interval: "15s",
          rules: Object.values(customMetrics).map(({ series, expression }) => ({
            record: series,
            expr: expression,
          })),
        },
      ],
    },
  } satisfies IPrometheusRule);
}
