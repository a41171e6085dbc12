import { list, text } from "../../synth/objects/json-fields.ts";
import { rendered as conversation } from "../apps/conversation-platform/rendered.ts";
import { aws, rendered as mesh } from "../apps/prompt2mesh-app/rendered.ts";
import { objectsOfDist } from "./dist.ts";

export const runbooksAt = "https://git.example.com/slipway/blob/main";

/** Apps as production would get them from today's definitions; what is frozen in dist may be older. */
const apps = {
  "conversation-platform": conversation(),
  "prompt2mesh-app": mesh({
    ...aws,
    monitoring: { provider: "prometheus", retentionDays: 15, runbooks: runbooksAt },
  }),
} as const;

export interface RuleFile {
  readonly name: string;
  readonly groups: readonly unknown[];
}

/** Every PrometheusRule that these apps render. */
export const ruleFiles: Readonly<Record<keyof typeof apps, readonly RuleFile[]>> = {
  "conversation-platform": rulesOf("conversation-platform"),
  "prompt2mesh-app": rulesOf("prompt2mesh-app"),
};

function rulesOf(app: keyof typeof apps): readonly RuleFile[] {
  return apps[app].objects
    .filter(({ kind }) => kind === "PrometheusRule")
    .map(({ name, content }) => ({ name, groups: list(content, "spec", "groups") }));
}

/** Every PrometheusRule of the committed dist, by cluster and name. */
export function ruleFilesOfDist(): readonly RuleFile[] {
  return objectsOfDist("PrometheusRule").map(({ path, object }) => ({
    name: path,
    groups: list(object, "spec", "groups"),
  }));
}

export interface AlertRule {
  readonly alert: string;
  readonly rule: unknown;
}

export function alertsOf({ groups }: RuleFile): readonly AlertRule[] {
  return groups
    .flatMap((group) => list(group, "rules"))
    .flatMap((rule) => {
      const alert = text(rule, "alert");
      return alert === undefined ? [] : [{ alert, rule }];
    });
}
