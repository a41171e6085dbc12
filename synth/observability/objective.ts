import type { Stage } from "../model/stage.ts";
import { annotations, ownLabels, rules } from "./alert.ts";
import type { Rule, Severity } from "./alert.ts";
import { burnRates, burnWindows } from "./burn-rates.ts";
import type { BurnWindow } from "./burn-rates.ts";
import {
  boundExpression,
  errorRatio,
  leastObjective,
  measured,
  ratioSeries,
  sloLabels,
  withinBound,
} from "./slo.ts";
import type { Slo } from "./slo.ts";

/** Windows that are cheap enough to be looked at every half minute; the others are every two minutes. */
const shortWindows: ReadonlySet<BurnWindow> = new Set(["5m", "30m", "1h", "2h", "6h"] as const);
const longWindows = burnWindows.filter((window) => !shortWindows.has(window));

/** Days of the longest window, which Prometheus has to remember. */
const longestDays = 3;

/** Names of the alerts of every objective, told apart by their label `slo`. */
export const sloAlerts = { page: "SloBurnsFast", ticket: "SloBurnsSlowly", info: "SloWithoutData" } as const;

/**
 * An objective as a PrometheusRule: the share of failures over seven windows, and three alerts, which burn fast (page),
 * burn slowly (ticket) and have nothing to judge (info). None on a cluster without Prometheus.
 */
export function slo(stage: Stage, declared: Slo): void {
  const { capabilities, cluster, report } = stage.context;
  if (capabilities.monitoring === undefined) return;
  const { retentionDays } = capabilities.monitoring;
  if (retentionDays < longestDays) {
    report(
      `objective ${declared.name} is judged over ${longestDays} days, of which Prometheus of ${cluster.name} keeps ${retentionDays}`,
      `let it keep ${longestDays} days or more (retentionDays)`,
    );
  }
  if (!(declared.objective >= leastObjective && declared.objective < 1)) {
    report(
      `objective ${declared.name} is ${declared.objective}`,
      `name a share from ${leastObjective} to below 1: of less, the fast alert could never fire, and 1 leaves no budget`,
    );
  }
  rules(stage, `slo-${declared.name}`, [
    {
      name: `slo-${declared.name}`,
      interval: "30s",
      rules: [...bound(stage, declared), ...ratios(stage, declared, [...shortWindows])],
    },
    {
      name: `slo-${declared.name}-days`,
      // Prometheus takes a series for gone after 5 minutes: an evaluation may be late, or left out.
      interval: "2m",
      rules: ratios(stage, declared, longWindows),
    },
    { name: `slo-${declared.name}-alerts`, interval: "30s", rules: sloAlertRules(stage, declared) },
  ]);
}

function bound(stage: Stage, declared: Slo): Rule[] {
  const expr = boundExpression(declared, stage.context.namespace);
  return expr === undefined ? [] : [{ record: withinBound, expr, labels: labelsOf(stage, declared) }];
}

function ratios(stage: Stage, declared: Slo, windows: readonly BurnWindow[]): Rule[] {
  return windows.map((window) => ({
    record: ratioSeries(window),
    expr: errorRatio(declared, stage.context.namespace, window),
    labels: labelsOf(stage, declared),
  }));
}

function sloAlertRules(stage: Stage, declared: Slo): Rule[] {
  const { namespace } = stage.context;
  const alert = (severity: Severity, expr: string, minutes: number, text: string): Rule => ({
    alert: sloAlerts[severity],
    expr,
    ...(minutes > 0 && { for: `${minutes}m` }),
    labels: { ...labelsOf(stage, declared), severity },
    annotations: annotations(stage, { ...declared, summary: `${declared.summary}: ${text}` }),
  });
  const burning = (severity: "page" | "ticket") =>
    burnRates[severity]
      .map(({ factor, long, short }) => {
        const over = `> ${factor} * ${budget(declared)}`;
        const at = (window: BurnWindow) => `${ratioSeries(window)}${sloLabels(declared, namespace)} ${over}`;
        return `(${at(long)} and ${at(short)})`;
      })
      .join(" or ");
  return [
    ...(declared.pages === false
      ? []
      : [alert("page", burning("page"), 0, "the budget is spent within days or hours")]),
    alert("ticket", burning("ticket"), 0, "the budget does not last for the month"),
    // A scrape that fails for a moment is no news; an indicator that is gone hides everything else.
    alert("info", `absent(${measured(declared, namespace)})`, 60, "nothing measures it"),
  ];
}

/** Share that may fail, without what floating point adds to it. */
export function budget({ objective }: Slo): number {
  return Number((1 - objective).toFixed(6));
}

function labelsOf(stage: Stage, declared: Slo): Record<string, string> {
  return { ...ownLabels(stage), slo: declared.name };
}
