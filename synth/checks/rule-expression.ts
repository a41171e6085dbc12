import { list, text } from "../objects/json-fields.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import { readQuery } from "./promql.ts";

interface PrometheusRuleEntry {
  /** Name of the series it records; none for an alert. */
  readonly record: string | undefined;
  readonly expression: string;
  readonly path: string;
}

/** What Prometheus evaluates is PromQL: a rule that does not parse takes its whole group with it. */
export const ruleExpression: Check = {
  id: "rule-expression",
  *run(input) {
    for (const rules of indexOf(input).all("monitoring.coreos.com/PrometheusRule")) {
      for (const { expression, path } of entriesOf(rules.object)) {
        if (!readQuery(expression).isBroken) continue;
        yield objectProblem(
          ruleExpression.id,
          input,
          rules,
          `it evaluates ${JSON.stringify(expression)}, which is no PromQL`,
          "correct the expression; Prometheus' own page /graph says where it ends to make sense",
          path,
        );
      }
    }
  },
};

/** Rules of all groups of a PrometheusRule. */
export function entriesOf(rules: KubernetesObject): readonly PrometheusRuleEntry[] {
  return list(rules, "spec", "groups").flatMap((group, groupIndex) =>
    list(group, "rules").map((rule, index) => ({
      record: text(rule, "record"),
      expression: text(rule, "expr") ?? "",
      path: `spec.groups[${groupIndex}].rules[${index}].expr`,
    })),
  );
}
