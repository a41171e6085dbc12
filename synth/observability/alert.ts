import type { IPrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import type { Stage } from "../model/stage.ts";

/** Who hears of an alert: on-call, the team's channel, or its mailbox. */
export type Severity = "page" | "ticket" | "info";

/** An alert of an app, beside those of its objectives. */
export interface Alert {
  /** Its name, such as `RedisMemoryNearlyFull`. */
  readonly name: string;
  readonly severity: Severity;
  /** PromQL; `namespace` is the app's. */
  readonly expression: (namespace: string) => string;
  /** Minutes for which it has to hold. */
  readonly forMinutes: number;
  /** One line; `{{ $labels.pod }}` and its like are filled in. */
  readonly summary: string;
  /** A document of `docs/runbooks`, without its ending. */
  readonly runbook: string;
}

type Groups = NonNullable<IPrometheusRule["spec"]>["groups"];
export type RuleGroup = NonNullable<Groups>[number];
export type Rule = NonNullable<RuleGroup["rules"]>[number];

/** A PrometheusRule of these alerts; none on a cluster without Prometheus. */
export function alerts(stage: Stage, name: string, list: readonly Alert[]): void {
  const { monitoring } = stage.context.capabilities;
  if (monitoring === undefined || list.length === 0) return;
  rules(stage, name, [
    {
      name,
      rules: list.map((alert) => ({
        alert: alert.name,
        expr: alert.expression(stage.context.namespace),
        for: `${alert.forMinutes}m`,
        labels: { ...ownLabels(stage), severity: alert.severity },
        annotations: annotations(stage, alert),
      })),
    },
  ]);
}

export function rules(stage: Stage, name: string, groups: RuleGroup[]): void {
  stage.addResource({
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name },
    spec: { groups },
  } satisfies IPrometheusRule);
}

/** Labels by which Alertmanager groups and routes. */
export function ownLabels({ context }: Stage): Record<string, string> {
  return {
    app: context.labels["app.kubernetes.io/part-of"] ?? context.namespace,
    environment: context.labels["slipway.dev/environment"] ?? "",
    namespace: context.namespace,
  };
}

export function annotations(
  { context }: Stage,
  { summary, runbook }: { readonly summary: string; readonly runbook: string },
): Record<string, string> {
  const base = context.capabilities.monitoring?.runbooks ?? "";
  return { summary, runbook_url: `${base}/docs/runbooks/${runbook}.md` };
}
