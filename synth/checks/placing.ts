import { nodeGroupLabel } from "../kubernetes/labels.ts";
import type { NodeGroup } from "../model/node-group.ts";
import { field, list, stringMap, text } from "../objects/json-fields.ts";
import type { PodTemplate } from "./workloads.ts";

/** Whether the scheduler may put pods of a template on nodes of a group. */
export function mayRunOn(template: Pick<PodTemplate, "spec">, group: NodeGroup): boolean {
  const chosen = stringMap(template.spec, "nodeSelector")[nodeGroupLabel];
  return (chosen === undefined || chosen === group.name) && toleratesAll(template, group);
}

function toleratesAll(template: Pick<PodTemplate, "spec">, group: NodeGroup): boolean {
  const tolerations = list(template.spec, "tolerations");
  return (group.taints ?? [])
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .every((taint) =>
      tolerations.some((toleration) => {
        const key = text(toleration, "key");
        const effect = text(toleration, "effect");
        const anyValue = text(toleration, "operator") === "Exists";
        return (
          (key === taint.key || (key === undefined && anyValue)) &&
          (effect === undefined || effect === "" || effect === taint.effect) &&
          (anyValue || (text(toleration, "value") ?? "") === taint.value)
        );
      }),
    );
}

/** Whether no two pods of a template may share a node. */
export function keepsApart(template: PodTemplate): boolean {
  const terms = list(
    template.spec,
    "affinity",
    "podAntiAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
  );
  return terms.some(
    (term) =>
      text(term, "topologyKey") === "kubernetes.io/hostname" &&
      Object.entries(stringMap(field(term, "labelSelector"), "matchLabels")).every(
        ([key, value]) => template.labels[key] === value,
      ),
  );
}
