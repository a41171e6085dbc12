import type { BurnWindow } from "./burn-rates.ts";

/** Series of the app's own namespace; labels by value, or by a regular expression. */
export interface Selection {
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly matching?: Readonly<Record<string, string>>;
}

/** How what an objective is about is measured. */
export type Indicator =
  /** The share of requests that fail: counters. */
  | { readonly kind: "errors"; readonly total: Selection; readonly bad: Selection }
  /** The share of requests that take longer: a classic histogram in seconds, by its name without `_bucket`, which has a bucket of exactly this bound. */
  | { readonly kind: "latency"; readonly histogram: Selection; readonly underSeconds: number }
  /** The share of time in which a figure is out of its bound: the sum or the greatest of gauges, or a counter's rate in a second. */
  | {
      readonly kind: "time";
      readonly of: "sum" | "max" | "rate";
      readonly figure: Selection;
      readonly bound: { readonly atLeast: number } | { readonly atMost: number };
    };

/** An objective of a service: its indicator is good for at least this share of 30 days. */
export interface Slo {
  /** Short, of its app, such as `api-latency`. */
  readonly name: string;
  /** What somebody who is woken reads first: `95% of API requests are answered within 200 ms`. */
  readonly summary: string;
  /** Between 0.94 and 1: below, the fastest alert could never fire. */
  readonly objective: number;
  readonly indicator: Indicator;
  /** A document of `docs/runbooks`, without its ending. */
  readonly runbook: string;
  /** Whether it wakes somebody where the budget burns fast; tickets come either way. Default: true. */
  readonly pages?: false;
}

/** The least objective that 14.4 times its budget can miss: 1 - 1/14.4, rounded up. */
export const leastObjective = 0.94;

/** A selector of PromQL. */
export function selector({ metric, labels = {}, matching = {} }: Selection, namespace: string): string {
  const exact = Object.entries({ namespace, ...labels }).map(([name, value]) => `${name}=${quoted(value)}`);
  const patterns = Object.entries(matching).map(([name, value]) => `${name}=~${quoted(value)}`);
  return `${metric}{${[...exact, ...patterns].join(",")}}`;
}

/** The share of what was bad in a window, from 0 to 1; nothing where there was nothing to judge. */
export function errorRatio(slo: Slo, namespace: string, window: BurnWindow): string {
  const { indicator } = slo;
  switch (indicator.kind) {
    case "errors": {
      const [bad, total] = [indicator.bad, indicator.total].map((each) =>
        summedRate(each, namespace, window),
      );
      // Until the first failure there is no series of failures.
      return `(${bad} or vector(0)) / (${total} > 0)`;
    }
    case "latency": {
      const { histogram, underSeconds } = indicator;
      const fast: Selection = {
        ...histogram,
        metric: `${histogram.metric}_bucket`,
        matching: { ...histogram.matching, le: bucketBound(underSeconds) },
      };
      const all: Selection = { ...histogram, metric: `${histogram.metric}_count` };
      return `1 - ${summedRate(fast, namespace, window)} / (${summedRate(all, namespace, window)} > 0)`;
    }
    case "time":
      return `1 - avg_over_time(${withinBound}${sloLabels(slo, namespace)}[${window}])`;
  }
}

/** Recorded for indicators of time: 1 while the figure is within its bound, 0 while it is not. */
export const withinBound = "slo:within_bound:bool";

/** Whether the figure of an indicator of time is within its bound now; undefined for the others. */
export function boundExpression({ indicator }: Slo, namespace: string): string | undefined {
  if (indicator.kind !== "time") return undefined;
  const { of, figure, bound } = indicator;
  const series = selector(figure, namespace);
  const value = of === "rate" ? `sum(rate(${series}[5m]))` : `${of}(${series})`;
  // Nothing at all is too little; it is not too much.
  return "atLeast" in bound
    ? `(${value} or vector(0)) >= bool ${bound.atLeast}`
    : `${value} <= bool ${bound.atMost}`;
}

/** What its indicator counts: without this series nothing is known of the objective. */
export function measured({ indicator }: Slo, namespace: string): string {
  switch (indicator.kind) {
    case "errors":
      return selector(indicator.total, namespace);
    case "latency":
      return selector({ ...indicator.histogram, metric: `${indicator.histogram.metric}_count` }, namespace);
    case "time":
      return selector(indicator.figure, namespace);
  }
}

/** Labels by which the series and alerts of one objective are told from others'. */
export function sloLabels({ name }: Slo, namespace: string): string {
  return `{namespace=${quoted(namespace)},slo=${quoted(name)}}`;
}

/** Name of the series that holds the share of failures in a window. */
export function ratioSeries(window: BurnWindow): string {
  return `slo:error_ratio:rate${window}`;
}

function summedRate(selection: Selection, namespace: string, window: BurnWindow): string {
  return `sum(rate(${selector(selection, namespace)}[${window}]))`;
}

/** Prometheus 3 writes the bound of a bucket of 5 seconds as `5.0`, earlier ones as `5`. */
function bucketBound(seconds: number): string {
  const written = String(seconds).replaceAll(".", "\\.");
  return Number.isInteger(seconds) ? `${written}(\\.0)?` : written;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
