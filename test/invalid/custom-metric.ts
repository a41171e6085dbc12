import { serviceMonitor } from "#synth";
import type { CustomMetric, Stage } from "#synth";
import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

interface Chain {
  readonly exports: readonly string[];
  readonly expression: string;
  /** Default: the metric of the chain. */
  readonly metrics?: readonly CustomMetric[];
}

const metric: CustomMetric = { name: "orders_per_second", series: "service:orders:rate" };
const whole = "sum by (namespace, service) (rate(orders_total[2m]))";

/** A web server that scales on orders, and as much of the chain behind them. */
function scaled(chain: Chain) {
  return {
    capabilities: {
      monitoring: { provider: "prometheus", retentionDays: 1 },
      customMetrics: { provider: "prometheus-adapter", metrics: chain.metrics ?? [metric] },
    },
    addons: [addon("prometheus", { chart: { name: "prometheus-operator-crds", version: "31.0.1" } })],
    render: (stage: Stage, context: Parameters<typeof webServer>[1]) => {
      const web = webServer(stage, context, {
        replicas: { min: 2, max: 4, metrics: [{ name: metric.name, mean: 50 }] },
      });
      serviceMonitor(stage, web.port("http"), { exports: chain.exports });
      stage.addResource({
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: { name: "orders" },
        spec: {
          groups: [{ name: "orders", rules: [{ record: "service:orders:rate", expr: chain.expression }] }],
        },
      });
    },
  } as const;
}

const object = "HorizontalPodAutoscaler/shop-dev/web spec.metrics[0].object.metric";

export default [
  invalidGarden(
    {
      title: "an autoscaler on a metric that nothing exports",
      what: "it scales on orders_per_second, which prometheus-adapter reads from series service:orders:rate, which comes of orders_total, and nothing exports that",
      fix: "did you mean order_total? Otherwise list it among the exports of the serviceMonitor of its service",
      object,
    },
    scaled({ exports: ["order_total"], expression: whole }),
  ),
  invalidGarden(
    {
      title: "an autoscaler on a series that no rule records",
      what: "it scales on orders_per_second, which prometheus-adapter reads from series service:sales:rate, which no rule records",
      fix: "did you mean service:orders:rate? Otherwise record it in a PrometheusRule of the namespace",
      object,
    },
    scaled({
      exports: ["orders_total"],
      expression: whole,
      metrics: [{ name: metric.name, series: "service:sales:rate" }],
    }),
  ),
  invalidGarden(
    {
      title: "an autoscaler on a metric that the adapter does not know",
      what: "it scales on orders_per_second, which prometheus-adapter gives to no autoscaler",
      fix: "list it, with its series, under customMetrics in clusters/garden.ts",
      object,
    },
    scaled({ exports: ["orders_total"], expression: whole, metrics: [] }),
  ),
];
