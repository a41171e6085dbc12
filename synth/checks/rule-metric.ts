import { platformMetrics } from "../observability/platform-metrics.ts";
import { didYouMean } from "../model/did-you-mean.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { exportedIn, recordedIn } from "./custom-metric.ts";
import { indexOf } from "./index-objects.ts";
import { readQuery } from "./promql.ts";
import { entriesOf } from "./rule-expression.ts";

/**
 * What an app's rules are made of is there: recorded or exported in its namespace, or exported by the platform. An alert on
 * a series that nobody has never fires, and looks like a service that is well.
 */
export const ruleMetric: Check = {
  id: "rule-metric",
  *run(input) {
    const scaledOn = input.cluster.capabilities.customMetrics?.metrics ?? [];
    for (const { slice, objects } of input.slices) {
      if (slice.kind !== "placement") continue;
      for (const rules of objects.filter(({ object }) => object.kind === "PrometheusRule")) {
        const { namespace } = rules.object.metadata;
        if (indexOf(input).hasUnknownObjects(namespace)) continue;
        const known = [...recordedIn(input, namespace).keys(), ...exportedIn(input, namespace)];
        for (const { record, expression, path } of entriesOf(rules.object)) {
          // "custom-metric" tells of these, with the autoscaler that stands still.
          if (scaledOn.some(({ series }) => series === record)) continue;
          const { isBroken, series: named } = readQuery(expression);
          // "rule-expression" tells of this one.
          if (isBroken) continue;
          for (const series of named) {
            if (known.includes(series) || platformMetrics.includes(series)) continue;
            yield objectProblem(
              ruleMetric.id,
              input,
              rules,
              `it evaluates ${series}, which nothing of namespace ${namespace ?? ""} records or exports`,
              didYouMean(series, known, "list it among the exports of the serviceMonitor of its service"),
              path,
            );
          }
        }
      }
    }
  },
};
