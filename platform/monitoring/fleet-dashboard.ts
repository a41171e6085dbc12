import type { Dashboard, DashboardPanel } from "#synth";

function panel(title: string, unit: string, expression: string, legend: string): DashboardPanel {
  return { title, unit, queries: [{ expression, legend }] };
}

const busy = 'rate(node_cpu_seconds_total{mode="idle"}[5m])';

/** Every app of a cluster side by side, and the nodes under them: the same page on every cluster of the fleet. */
export const fleetDashboard: Dashboard = {
  name: "fleet",
  title: "Fleet",
  rows: [
    {
      title: "Objectives",
      panels: [
        panel(
          "Share of failures in an hour",
          "percentunit",
          "slo:error_ratio:rate1h",
          "{{namespace}} {{slo}}",
        ),
        panel(
          "Share of failures in three days",
          "percentunit",
          "slo:error_ratio:rate3d",
          "{{namespace}} {{slo}}",
        ),
        panel(
          "Alerts that fire",
          "short",
          'count by (severity, app, environment) (ALERTS{alertstate="firing",severity!="none"})',
          "{{severity}} {{app}} {{environment}}",
        ),
      ],
    },
    {
      title: "Pods",
      panels: [
        panel(
          "Pods that are not ready",
          "short",
          'sum by (namespace) (kube_pod_status_ready{condition="false"})',
          "{{namespace}}",
        ),
        panel(
          "Restarts in an hour",
          "short",
          "sum by (namespace) (increase(kube_pod_container_status_restarts_total[1h]))",
          "{{namespace}}",
        ),
        panel(
          "Targets that do not answer",
          "short",
          "count by (namespace, job) (up == 0)",
          "{{namespace}} {{job}}",
        ),
      ],
    },
    {
      title: "Nodes",
      panels: [
        panel("Processors in use", "percentunit", `1 - avg by (instance) (${busy})`, "{{instance}}"),
        panel(
          "Memory in use",
          "percentunit",
          "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
          "{{instance}}",
        ),
        panel(
          "Disks in use",
          "percentunit",
          'max by (instance) (1 - node_filesystem_avail_bytes{fstype!="tmpfs"} / node_filesystem_size_bytes{fstype!="tmpfs"})',
          "{{instance}}",
        ),
        panel(
          "Processors asked for, of what there are",
          "percentunit",
          'sum(kube_pod_container_resource_requests{resource="cpu"}) / sum(kube_node_status_allocatable{resource="cpu"})',
          "asked for",
        ),
        panel(
          "Nodes that are not ready",
          "short",
          'sum(kube_node_status_condition{condition="Ready",status!="true"})',
          "nodes",
        ),
      ],
    },
  ],
};
