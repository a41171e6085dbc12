import { alerts, serviceMonitor } from "#synth";
import type { Stage } from "#synth";
import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

/** A web server that exports `orders_total` and is judged by something else. */
function judged(judge: (stage: Stage) => void) {
  return {
    capabilities: { monitoring: { provider: "prometheus", retentionDays: 1 } },
    addons: [addon("prometheus", { chart: { name: "prometheus-operator-crds", version: "31.0.1" } })],
    render: (stage: Stage, context: Parameters<typeof webServer>[1]) => {
      const web = webServer(stage, context, { replicas: 2 });
      serviceMonitor(stage, web.port("http"), { exports: ["orders_total"] });
      judge(stage);
    },
  } as const;
}

export default [
  invalidGarden(
    {
      title: "an alert on a series that nobody exports",
      what: "it evaluates order_total, which nothing of namespace shop-dev records or exports",
      fix: "did you mean orders_total? Otherwise list it among the exports of the serviceMonitor of its service",
      object: "PrometheusRule/shop-dev/orders spec.groups[0].rules[0].expr",
    },
    judged((stage) =>
      alerts(stage, "orders", [
        {
          name: "OrdersStop",
          severity: "page",
          expression: (namespace) => `rate(order_total{namespace="${namespace}"}[5m]) == 0`,
          forMinutes: 5,
          summary: "nobody orders",
          runbook: "requests-fail",
        },
      ]),
    ),
  ),
];
