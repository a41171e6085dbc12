import { k8s } from "#synth";
import type { Dashboard, Stage } from "#synth";
import { fleetDashboard } from "./fleet-dashboard.ts";
import { grafanaDashboard } from "./grafana.ts";

/** Label of the ConfigMaps that Grafana's sidecar takes for dashboards: the chart's default. */
const sidecarLabel = "grafana_dashboard";

/** The fleet's page and those of the cluster's apps, a ConfigMap each. */
export function dashboards(stage: Stage, ofApps: readonly Dashboard[]): void {
  for (const dashboard of [fleetDashboard, ...ofApps]) {
    stage.add(k8s.KubeConfigMap, `dashboard-${dashboard.name}`, {
      metadata: { labels: { [sidecarLabel]: "1" } },
      data: { [`${dashboard.name}.json`]: `${JSON.stringify(grafanaDashboard(dashboard), null, 1)}\n` },
    });
  }
}
