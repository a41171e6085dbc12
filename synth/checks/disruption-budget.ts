import type { RenderedObject } from "../render/render.ts";
import { field } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";
import type { ClusterIndex } from "./index-objects.ts";
import { podCount } from "./replicas.ts";
import { selects } from "./label-selector.ts";
import { workloadText } from "./workloads.ts";
import type { PodTemplate } from "./workloads.ts";

/** No budget keeps a node from ever being drained. */
export const disruptionBudget: Check = {
  id: "disruption-budget",
  *run(input) {
    const index = indexOf(input);
    const budgets = new Map<PodTemplate, RenderedObject>();
    for (const budget of index.all("policy/PodDisruptionBudget").filter((each) => index.isOwn(each))) {
      const pods = protectedBy(index, budget);
      for (const template of pods) {
        const other = budgets.get(template);
        budgets.set(template, budget);
        if (other === undefined) continue;
        yield objectProblem(
          disruptionBudget.id,
          input,
          budget,
          `${workloadText(template)} has budget ${other.object.metadata.name} already: with two the API server evicts none of its pods`,
          "remove one of the two, or make their selectors apart",
          "spec.selector",
        );
      }
      const replicas = pods.reduce((sum, template) => sum + podCount(index, template).min, 0);
      const blocks = pods.length > 0 && replicas > 0 ? budgetBlock(budget, replicas) : undefined;
      if (blocks === undefined) continue;
      yield objectProblem(
        disruptionBudget.id,
        input,
        budget,
        `it lets none of ${replicas} ${replicas === 1 ? "pod" : "pods"} of ${pods.map(workloadText).join(", ")} be evicted (${blocks}), so their nodes never drain`,
        "use maxUnavailable: 1",
        "spec",
      );
    }
  },
};

/** Pods that a budget selects. */
export function protectedBy(index: ClusterIndex, { object }: RenderedObject): readonly PodTemplate[] {
  return index
    .templatesIn(object.metadata.namespace)
    .filter(
      ({ startedLater, labels }) => !startedLater && selects(field(object, "spec", "selector"), labels),
    );
}

/** The field that allows no eviction; a share is rounded up, as the controller does. */
export function budgetBlock({ object }: RenderedObject, replicas: number): string | undefined {
  const maxUnavailable = field(object, "spec", "maxUnavailable");
  if (maxUnavailable !== undefined) {
    return amount(maxUnavailable, replicas) === 0 ? `maxUnavailable ${String(maxUnavailable)}` : undefined;
  }
  const minAvailable = field(object, "spec", "minAvailable");
  if (minAvailable === undefined) return undefined;
  return amount(minAvailable, replicas) >= replicas ? `minAvailable ${String(minAvailable)}` : undefined;
}

function amount(value: unknown, replicas: number): number {
  if (typeof value === "number") return value;
  return Math.ceil((Number.parseFloat(String(value)) / 100) * replicas);
}
