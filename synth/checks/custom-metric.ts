import { exportsOf } from "../kubernetes/service-monitor.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import type { Problem } from "../model/problem.ts";
import { list, text } from "../objects/json-fields.ts";
import type { RenderedObject } from "../render/render.ts";
import { objectProblem } from "./check.ts";
import type { Check, RenderedCluster } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { readQuery } from "./promql.ts";
import { entriesOf } from "./rule-expression.ts";

/**
 * A metric that an autoscaler asks for has its whole chain: a service exports it, a monitor has it scraped, a rule
 * records it, prometheus-adapter gives it to autoscalers. Where a link is missing the autoscaler stands still, silently.
 */
export const customMetric: Check = {
  id: "custom-metric",
  *run(input) {
    for (const autoscaler of indexOf(input).all("autoscaling/HorizontalPodAutoscaler")) {
      for (const [index, metric] of list(autoscaler.object, "spec", "metrics").entries()) {
        const kind = text(metric, "type") === "Object" ? "object" : "pods";
        const name = text(metric, kind, "metric", "name");
        if (name === undefined) continue;
        const at = `spec.metrics[${index}].${kind}`;
        if (kind === "object") yield* describedService(input, autoscaler, metric, at);
        yield* chain(input, autoscaler, name, at);
      }
    }
  },
};

function problem(
  input: RenderedCluster,
  autoscaler: RenderedObject,
  what: string,
  fix: string,
  path: string,
): Problem {
  return objectProblem(customMetric.id, input, autoscaler, what, fix, path);
}

/** What it is a metric of is there: the adapter answers for no other. */
function* describedService(
  input: RenderedCluster,
  autoscaler: RenderedObject,
  metric: unknown,
  at: string,
): Iterable<Problem> {
  const index = indexOf(input);
  const { namespace } = autoscaler.object.metadata;
  const name = text(metric, "object", "describedObject", "name") ?? "";
  if (text(metric, "object", "describedObject", "kind") !== "Service") return;
  if (index.find("/Service", namespace, name) !== undefined || index.hasUnknownObjects(namespace)) return;
  yield problem(
    input,
    autoscaler,
    `it scales on a metric of Service ${name}, which namespace ${namespace ?? ""} does not have`,
    didYouMean(name, index.names("/Service", namespace), "name a Service of its own namespace"),
    `${at}.describedObject`,
  );
}

function* chain(
  input: RenderedCluster,
  autoscaler: RenderedObject,
  name: string,
  at: string,
): Iterable<Problem> {
  const { definition, capabilities } = input.cluster;
  const given = capabilities.customMetrics?.metrics ?? [];
  const metric = given.find((candidate) => candidate.name === name);
  if (metric === undefined) {
    const known = given.map((candidate) => candidate.name);
    yield problem(
      input,
      autoscaler,
      `it scales on ${name}, which prometheus-adapter gives to no autoscaler`,
      didYouMean(name, known, `list it, with its series, under customMetrics in ${definition}`),
      `${at}.metric`,
    );
    return;
  }
  for (const missing of missingIn(input, autoscaler, metric.series, new Set())) {
    yield problem(
      input,
      autoscaler,
      `it scales on ${name}, which prometheus-adapter reads from series ${metric.series}, ${missing.what}`,
      missing.fix,
      `${at}.metric`,
    );
  }
}

interface Missing {
  readonly what: string;
  readonly fix: string;
}

/** Follows a recorded series down to what services of the namespace export. */
function* missingIn(
  input: RenderedCluster,
  autoscaler: RenderedObject,
  series: string,
  seen: Set<string>,
): Iterable<Missing> {
  if (seen.has(series)) return;
  seen.add(series);
  const { namespace } = autoscaler.object.metadata;
  const recorded = recordedIn(input, namespace);
  const expression = recorded.get(series);
  if (expression === undefined) {
    const fix = "record it in a PrometheusRule of the namespace";
    yield { what: "which no rule records", fix: didYouMean(series, [...recorded.keys()], fix) };
    return;
  }
  const exported = exportedIn(input, namespace);
  for (const source of readQuery(expression).series) {
    if (recorded.has(source)) yield* missingIn(input, autoscaler, source, seen);
    else if (!exported.includes(source)) {
      yield {
        what: `which comes of ${source}, and nothing exports that`,
        fix: didYouMean(source, exported, "list it among the exports of the serviceMonitor of its service"),
      };
    }
  }
}

/** Series that rules of a namespace record, with what each is made of. */
export function recordedIn(
  input: RenderedCluster,
  namespace: string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    indexOf(input)
      .in("monitoring.coreos.com/PrometheusRule", namespace)
      .flatMap(({ object }) => entriesOf(object))
      .flatMap(({ record, expression }) => (record === undefined ? [] : [[record, expression] as const])),
  );
}

/** Series that services of a namespace export, as their monitors say. */
export function exportedIn(input: RenderedCluster, namespace: string | undefined): readonly string[] {
  return indexOf(input)
    .in("monitoring.coreos.com/ServiceMonitor", namespace)
    .flatMap(({ object }) => exportsOf(object));
}
