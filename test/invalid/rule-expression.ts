import { addon, webServer } from "./garden.ts";
import { invalidGarden } from "./invalid.ts";

export default [
  invalidGarden(
    {
      title: "a rule of Prometheus with a bracket too few",
      what: 'it evaluates "sum(rate(orders_total[2m])", which is no PromQL',
      fix: "correct the expression; Prometheus' own page /graph says where it ends to make sense",
      object: "PrometheusRule/shop-dev/orders spec.groups[0].rules[0].expr",
    },
    {
      addons: [addon("prometheus", { chart: { name: "prometheus-operator-crds", version: "31.0.1" } })],
      render: (stage, context) => {
        webServer(stage, context);
        stage.addResource({
          apiVersion: "monitoring.coreos.com/v1",
          kind: "PrometheusRule",
          metadata: { name: "orders" },
          spec: {
            groups: [
              { name: "orders", rules: [{ record: "orders:rate", expr: "sum(rate(orders_total[2m])" }] },
            ],
          },
        });
      },
    },
  ),
];
