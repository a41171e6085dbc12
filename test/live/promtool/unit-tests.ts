import { stringMap, text } from "../../../synth/objects/json-fields.ts";
import { alertsOf } from "../../observability/rules.ts";
import type { RuleFile } from "../../observability/rules.ts";
import type { AlertCase } from "../../observability/slo-cases.ts";

/** Minutes after which a case is looked at every five minutes, as what it is about is: days a minute apart would take long. */
const long = 24 * 60;

/** Files of `promtool test rules` for these cases: one for those of hours, one for those of days. */
export function unitTests(file: RuleFile, path: string, cases: readonly AlertCase[]): readonly object[] {
  return ([1, 5] as const).flatMap((minutes) => {
    const list = cases.filter((each) => isLong(each) === (minutes === 5));
    if (list.length === 0) return [];
    return [
      {
        rule_files: [path],
        evaluation_interval: `${minutes}m`,
        // In no order otherwise, and an alert would see what was recorded the time before.
        group_eval_order: file.groups.map((group) => text(group, "name") ?? ""),
        tests: list.map((each) => unitTest(file, each)),
      },
    ];
  });
}

function isLong({ silentAt, firesAt }: AlertCase): boolean {
  return Math.max(...silentAt, ...firesAt) > long;
}

function unitTest(
  file: RuleFile,
  { title, alert, input, silentAt, firesAt, labels, summary }: AlertCase,
): object {
  const found = alertsOf(file).find((each) => each.alert === alert);
  if (found === undefined) throw new Error(`${file.name} has no alert ${alert}`);
  const { rule } = found;
  // Prometheus keeps no label without a value.
  const all = Object.entries({ ...labels, ...stringMap(rule, "labels") }).filter(([, value]) => value !== "");
  const annotations = { ...stringMap(rule, "annotations"), ...(summary !== undefined && { summary }) };
  const fired = { exp_labels: Object.fromEntries(all), exp_annotations: annotations };
  const at = (minute: number, expected: readonly object[]) => ({
    eval_time: `${minute}m`,
    alertname: alert,
    exp_alerts: expected,
  });
  return {
    name: title,
    interval: "1m",
    input_series: input,
    alert_rule_test: [
      ...silentAt.map((minute) => at(minute, [])),
      ...firesAt.map((minute) => at(minute, [fired])),
    ],
  };
}
