/** A picture of one or several queries. */
export interface DashboardPanel {
  readonly title: string;
  /** `stat` shows the latest value as a number. Default: `timeseries`. */
  readonly kind?: "stat" | "timeseries";
  /** Unit as Grafana calls it, such as `percentunit`, `reqps`, `s` or `bytes`. */
  readonly unit: string;
  /** PromQL, with what tells its lines apart, such as `{{pod}}`. */
  readonly queries: readonly { readonly expression: string; readonly legend: string }[];
}

/** A page of Grafana, as data: what draws it is the platform's. */
export interface Dashboard {
  /** Its address in Grafana, and the name of its ConfigMap. */
  readonly name: string;
  readonly title: string;
  /** Namespaces are chosen by the label of this app; `$namespace` in queries is the one chosen. Default: none to choose. */
  readonly app?: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly DashboardPanel[] }[];
}
