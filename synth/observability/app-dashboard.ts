import type { Dashboard, DashboardPanel } from "../model/dashboard.ts";
import { objectiveWindow } from "./burn-rates.ts";
import { budget } from "./objective.ts";
import { ratioSeries, selector, sloLabels } from "./slo.ts";
import type { Selection, Slo } from "./slo.ts";

/** The namespace that a reader chooses. */
const namespace = "$namespace";

export interface AppDashboard {
  readonly app: string;
  readonly title: string;
  readonly slos: readonly Slo[];
  /** Panels of traffic, errors, latency and what else the app is made of, by the titles of their rows. */
  readonly rows: Dashboard["rows"];
  /** Metrics of its own figures against their bounds, beside processors and memory of its pods. */
  readonly saturation?: readonly DashboardPanel[];
}

/** An app's page: its objectives, then its own rows, then how full its pods are. */
export function appDashboard({ app, title, slos, rows, saturation = [] }: AppDashboard): Dashboard {
  return {
    name: app,
    title,
    app,
    rows: [
      { title: "Objectives", panels: [...slos.map(budgetLeft), burning] },
      ...rows,
      { title: "Saturation", panels: [...saturation, ...podPanels] },
    ],
  };
}

/** Of this app's namespace: a series, for the queries of its rows. */
export function seriesOf(metric: string, labels: Omit<Selection, "metric"> = {}): string {
  return selector({ metric, ...labels }, namespace);
}

/** Of 30 days, or of as many as Prometheus keeps. */
function budgetLeft(slo: Slo): DashboardPanel {
  const failed = `avg_over_time(${ratioSeries("5m")}${sloLabels(slo, namespace)}[${objectiveWindow}])`;
  return {
    title: `${slo.name}: budget left`,
    kind: "stat",
    unit: "percentunit",
    queries: [{ expression: `1 - ${failed} / ${budget(slo)}`, legend: slo.summary }],
  };
}

const burning: DashboardPanel = {
  title: "Share of failures in an hour",
  unit: "percentunit",
  queries: [{ expression: `${ratioSeries("1h")}{namespace="${namespace}"}`, legend: "{{slo}}" }],
};

const podPanels: readonly DashboardPanel[] = [
  {
    title: "Processors, of what the pods ask for",
    unit: "percentunit",
    queries: [
      {
        expression: [
          `sum by (pod) (rate(${seriesOf("container_cpu_usage_seconds_total", { matching: { container: ".+" } })}[5m]))`,
          `sum by (pod) (${seriesOf("kube_pod_container_resource_requests", { labels: { resource: "cpu" } })})`,
        ].join(" / "),
        legend: "{{pod}}",
      },
    ],
  },
  {
    title: "Memory, of what the pods may take",
    unit: "percentunit",
    queries: [
      {
        expression: [
          `sum by (pod) (${seriesOf("container_memory_working_set_bytes", { matching: { container: ".+" } })})`,
          `sum by (pod) (${seriesOf("kube_pod_container_resource_limits", { labels: { resource: "memory" } })})`,
        ].join(" / "),
        legend: "{{pod}}",
      },
    ],
  },
  {
    title: "Restarts in an hour",
    unit: "short",
    queries: [
      {
        expression: `sum by (pod) (increase(${seriesOf("kube_pod_container_status_restarts_total")}[1h]))`,
        legend: "{{pod}}",
      },
    ],
  },
  {
    title: "Replicas, of the most an autoscaler may make",
    unit: "percentunit",
    queries: [
      {
        expression: `${seriesOf("kube_horizontalpodautoscaler_status_current_replicas")} / ${seriesOf("kube_horizontalpodautoscaler_spec_max_replicas")}`,
        legend: "{{horizontalpodautoscaler}}",
      },
    ],
  },
];
