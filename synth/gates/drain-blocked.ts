import { podsOf } from "../changes/cluster-pods.ts";
import { budgetBlock, protectedBy } from "../checks/disruption-budget.ts";
import { podCount } from "../checks/replicas.ts";
import { workloadText } from "../checks/workloads.ts";
import type { ClusterIndex } from "../checks/index-objects.ts";
import type { RenderedObject } from "../render/render.ts";
import { gateProblem } from "./gate.ts";
import type { Gate, GateInput } from "./gate.ts";

const kinds: ReadonlySet<string> = new Set([
  "policy/PodDisruptionBudget",
  "autoscaling/HorizontalPodAutoscaler",
  "keda.sh/ScaledObject",
  "apps/Deployment",
  "apps/StatefulSet",
]);

/** No budget comes to keep nodes from being drained; a chart's budget neither, which no check looks at. */
export const drainBlocked: Gate = {
  id: "drain-blocked",
  *run(input: GateInput) {
    const clusters = new Set(
      input.changes.objects.flatMap(({ kind, place }) => (kinds.has(kind) ? [place.cluster] : [])),
    );
    for (const cluster of clusters) {
      const before = new Set(blocked(podsOf(input.base, cluster)).map(({ budget }) => nameOf(budget)));
      for (const { budget, by, pods } of blocked(podsOf(input.head, cluster))) {
        if (before.has(nameOf(budget))) continue;
        yield gateProblem(
          drainBlocked.id,
          { ...budget, path: "", cluster, folder: "" },
          `it comes to let no pod of ${pods} be evicted (${by}), so their nodes never drain`,
          "use maxUnavailable: 1",
        );
      }
    }
  },
};

interface Blocked {
  readonly budget: RenderedObject;
  /** The field that allows no eviction. */
  readonly by: string;
  readonly pods: string;
}

function blocked(index: ClusterIndex): readonly Blocked[] {
  return index.all("policy/PodDisruptionBudget").flatMap((budget) => {
    const templates = protectedBy(index, budget);
    const replicas = templates.reduce((sum, template) => sum + podCount(index, template).min, 0);
    const by = replicas === 0 ? undefined : budgetBlock(budget, replicas);
    return by === undefined ? [] : [{ budget, by, pods: templates.map(workloadText).join(", ") }];
  });
}

function nameOf({ object: { metadata } }: RenderedObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
