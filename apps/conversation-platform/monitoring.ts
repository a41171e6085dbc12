import type { IPrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { alerts, serviceMonitor, slo } from "#synth";
import type { Stage } from "#synth";
import { conversationAlerts } from "./alerts.ts";
import { exported } from "./exports.ts";
import { customMetrics } from "./metrics.ts";
import type { Parties } from "./network.ts";
import { graphSlos, slos } from "./slos.ts";

/** What Prometheus asks of the databases and the proxy, what it records for the autoscalers, and what it tells people of. */
export function monitoring(
  stage: Stage,
  { haproxy, redis, graph }: Pick<Parties, "haproxy" | "redis" | "graph">,
  edition: "community" | "enterprise",
): void {
  serviceMonitor(stage, haproxy.port("metrics"), { exports: exported.haproxy });
  serviceMonitor(stage, redis.port("metrics"), { exports: exported.redis });
  if (edition === "enterprise") {
    for (const server of [graph.core, ...(graph.replica ? [graph.replica] : [])])
      serviceMonitor(stage, server.port("metrics"), { exports: exported.graph });
  }
  for (const declared of edition === "enterprise" ? [...slos, ...graphSlos] : slos) slo(stage, declared);
  alerts(stage, "conversation-alerts", conversationAlerts);
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
