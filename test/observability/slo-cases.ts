import { burnRates } from "../../synth/observability/burn-rates.ts";
import { sloAlerts } from "../../synth/observability/objective.ts";
import type { Selection, Slo } from "../../synth/observability/slo.ts";

/** A series of `promtool test rules`, a value a minute. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** A time line and what an alert is at certain minutes of it. */
export interface AlertCase {
  readonly title: string;
  readonly alert: string;
  readonly input: readonly InputSeries[];
  readonly silentAt: readonly number[];
  readonly firesAt: readonly number[];
  /** Labels that come of the series and not of the rule. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its summary with what is filled in, where something is. Default: as the rule has it. */
  readonly summary?: string;
}

const hour = 60;
const day = 24 * hour;

/** Minutes of good service, and then minutes in which this share fails. */
interface Course {
  readonly good: number;
  readonly bad: number;
  readonly share: number;
}

/** What every alert of an objective has to do, from its declaration: silent while it holds, fired when the workbook says. */
export function casesOf(slo: Slo, namespace: string): readonly AlertCase[] {
  const budget = 1 - slo.objective;
  // Minutes of failing alone that burn what the longer window of each line allows; the earlier line fires.
  const after = (severity: "page" | "ticket", share: number) =>
    Math.min(
      ...burnRates[severity].map(
        ({ factor, long }) =>
          (factor * budget * (long.endsWith("d") ? day : hour) * Number.parseInt(long, 10)) / share,
      ),
    );
  // Time is either good or bad; of requests four times what is allowed fail, which wakes nobody.
  const slow = slo.indicator.kind === "time" ? 1 : 4 * budget;
  const [fastAfter, slowAfter] = [after("page", 1), after("ticket", slow)];
  const fast = { good: 6 * hour, bad: Math.ceil(fastAfter) + 30, share: 1 };
  const steady = { good: 3 * day, bad: Math.ceil(slowAfter) + 60, share: slow };
  const within = slo.indicator.kind === "time" ? 0 : 0.9 * budget;
  const fixed = { labels: {} };
  return [
    ...(slo.pages === false
      ? []
      : [
          {
            ...fixed,
            title: `${slo.name} burns fast`,
            alert: sloAlerts.page,
            input: seriesOf(slo, namespace, fast),
            silentAt: [fast.good, fast.good + Math.max(0, Math.floor(fastAfter) - 2)],
            firesAt: [fast.good + Math.ceil(fastAfter) + 6],
          },
        ]),
    {
      ...fixed,
      title: `${slo.name} burns slowly`,
      alert: sloAlerts.ticket,
      input: seriesOf(slo, namespace, steady),
      // What is looked at every five minutes may be as late.
      silentAt: [steady.good, steady.good + Math.max(0, 5 * Math.floor(slowAfter / 5) - 10)],
      firesAt: [steady.good + 5 * Math.ceil(slowAfter / 5) + 15],
    },
    ...(["page", "ticket"] as const)
      .filter((severity) => severity === "ticket" || slo.pages !== false)
      .map((severity) => ({
        ...fixed,
        title: `${slo.name} keeps its objective, narrowly (${severity})`,
        alert: sloAlerts[severity],
        input: seriesOf(slo, namespace, { good: 0, bad: 3 * day + 2 * hour, share: within }),
        silentAt: [30, 2 * hour, day, 3 * day, 3 * day + 2 * hour],
        firesAt: [],
      })),
    {
      title: `${slo.name} is measured by nothing`,
      alert: sloAlerts.info,
      input: [],
      silentAt: [59],
      firesAt: [61],
      labels: { namespace, ...measuredLabels(slo) },
    },
    {
      ...fixed,
      title: `${slo.name} is measured`,
      alert: sloAlerts.info,
      input: seriesOf(slo, namespace, { good: 2 * hour, bad: 0, share: 0 }),
      silentAt: [30, 90],
      firesAt: [],
    },
  ];
}

function measuredLabels({ indicator }: Slo): Readonly<Record<string, string>> {
  if (indicator.kind === "errors") return indicator.total.labels ?? {};
  return (indicator.kind === "latency" ? indicator.histogram : indicator.figure).labels ?? {};
}

/** What the service would export in that course. */
function seriesOf({ indicator }: Slo, namespace: string, course: Course): readonly InputSeries[] {
  const perMinute = 100_000;
  switch (indicator.kind) {
    case "errors": {
      const bad = labelled(indicator.bad, namespace);
      const good = { ...bad, ...Object.fromEntries(differing(indicator).map((label) => [label, "200"])) };
      return [
        {
          series: written(indicator.total.metric, good),
          values: counter(course, perMinute, 1 - course.share),
        },
        { series: written(indicator.bad.metric, bad), values: counter(course, 0, course.share, perMinute) },
      ];
    }
    case "latency": {
      const { histogram, underSeconds } = indicator;
      const labels = labelled(histogram, namespace);
      // As Prometheus 3 writes it.
      const le = Number.isInteger(underSeconds) ? `${underSeconds}.0` : String(underSeconds);
      return [
        {
          series: written(`${histogram.metric}_bucket`, { ...labels, le }),
          values: counter(course, perMinute, 1 - course.share),
        },
        { series: written(`${histogram.metric}_count`, labels), values: counter(course, perMinute, 1) },
      ];
    }
    case "time": {
      const { of, figure, bound } = indicator;
      const [good, bad] = "atLeast" in bound ? [bound.atLeast, 0] : [bound.atMost / 2, bound.atMost * 2];
      const series = written(figure.metric, labelled(figure, namespace));
      if (of !== "rate") return [{ series, values: steps(course, good, course.share > 0 ? bad : good) }];
      return [{ series, values: counter(course, good * 60, course.share > 0 ? bad / good : 1) }];
    }
  }
}

/** Labels by which bad ones are told from all. */
function differing({
  bad,
  total,
}: {
  readonly bad: Selection;
  readonly total: Selection;
}): readonly string[] {
  return Object.keys({ ...bad.labels, ...bad.matching }).filter(
    (label) => total.labels?.[label] === undefined,
  );
}

/** Labels that a selection takes; `5..` takes 500. */
function labelled({ labels = {}, matching = {} }: Selection, namespace: string): Record<string, string> {
  const matched = Object.entries(matching).map(([label, pattern]) => [
    label,
    pattern.replace(".+", "x").replaceAll(".", "0"),
  ]);
  return { namespace, ...labels, ...Object.fromEntries(matched) };
}

function written(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.join(",")}}`;
}

/** A counter that grows by `perMinute` while all is well, and by this share of `whole` afterwards. */
function counter({ good, bad }: Course, perMinute: number, share: number, whole = perMinute): string {
  const last = perMinute * good;
  const slope = round(whole * share);
  const first = `0+${round(perMinute)}x${good}`;
  return bad === 0 ? first : `${first} ${round(last + slope)}+${slope}x${bad - 1}`;
}

function steps({ good, bad }: Course, before: number, after: number): string {
  return bad === 0 ? `${before}x${good}` : `${before}x${good} ${after}x${bad - 1}`;
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
