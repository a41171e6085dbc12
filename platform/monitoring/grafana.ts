import type { Dashboard as GrafanaDashboard, Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Dashboard, DashboardPanel } from "#synth";

/** Grafana's own types, with literals for their enumerations and without what only their builders have. */
type Query = Omit<Dataquery, "_implementsDataqueryVariant">;
type DrawnPanel = Omit<Panel, "targets"> & { readonly targets?: Query[] };
type Variable = {
  readonly type: "query";
  readonly name: string;
  readonly label: string;
  readonly datasource: typeof source;
  readonly query: string;
  readonly refresh: 1 | 2;
};
type Drawn = Omit<GrafanaDashboard, "panels" | "templating"> & {
  readonly panels: DrawnPanel[];
  readonly templating: { readonly list: Variable[] };
};

/** The data source that the chart makes of its Prometheus. */
const source = { type: "prometheus", uid: "prometheus" };

/** Version of Grafana's schema that these fields are of; it migrates older ones when it reads them. */
const schemaVersion = 39;

/** Columns of Grafana's grid, and what a panel takes of them. */
const grid = { columns: 24, width: 8, height: 7, statHeight: 4 };

/** A dashboard in Grafana's words. */
export function grafanaDashboard({ name, title, app, rows }: Dashboard): Drawn {
  return {
    uid: name,
    title,
    tags: ["slipway"],
    timezone: "utc",
    editable: false,
    schemaVersion,
    time: { from: "now-6h", to: "now" },
    refresh: "1m",
    annotations: { list: [] },
    templating: { list: app === undefined ? [] : [namespaces(app)] },
    panels: drawn(rows),
  };
}

/** The namespaces of an app, of which a reader chooses one: those of its objectives. */
function namespaces(app: string): Variable {
  return {
    type: "query",
    name: "namespace",
    label: "Namespace",
    datasource: source,
    query: `label_values(slo:error_ratio:rate5m{app="${app}"}, namespace)`,
    refresh: 2,
  };
}

/** Rows from top to bottom, the panels of each side by side for as long as there is room. */
function drawn(rows: Dashboard["rows"]): DrawnPanel[] {
  const panels: DrawnPanel[] = [];
  let top = 0;
  for (const row of rows) {
    panels.push({
      type: "row",
      id: panels.length + 1,
      title: row.title,
      gridPos: { x: 0, y: top, w: grid.columns, h: 1 },
    });
    top += 1;
    let left = 0;
    let tallest = 0;
    for (const panel of row.panels) {
      if (left + grid.width > grid.columns) [left, top, tallest] = [0, top + tallest, 0];
      const height = panel.kind === "stat" ? grid.statHeight : grid.height;
      panels.push(drawnPanel(panel, panels.length + 1, { x: left, y: top, w: grid.width, h: height }));
      left += grid.width;
      tallest = Math.max(tallest, height);
    }
    top += tallest;
  }
  return panels;
}

function drawnPanel(
  { title, kind = "timeseries", unit, queries }: DashboardPanel,
  id: number,
  gridPos: DrawnPanel["gridPos"],
): DrawnPanel {
  return {
    type: kind,
    id,
    title,
    ...(gridPos && { gridPos }),
    datasource: source,
    fieldConfig: { defaults: { unit }, overrides: [] },
    targets: queries.map(({ expression, legend }, index) => ({
      refId: String.fromCharCode("A".charCodeAt(0) + index),
      datasource: source,
      expr: expression,
      legendFormat: legend,
      ...(kind === "stat" && { instant: true, range: false }),
    })),
  };
}
