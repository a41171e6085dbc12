import { podsOf, replicasByWorkload } from "../changes/cluster-pods.ts";
import type { ReplicaRange } from "../changes/cluster-pods.ts";
import { workloadText } from "../checks/workloads.ts";
import type { PodTemplate } from "../checks/workloads.ts";
import { text } from "../objects/json-fields.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

/**
 * What ran once because there may be only one of it does not run twice. That is a Deployment that is recreated rather
 * than rolled, and a StatefulSet of one: a second pod of either has its own data, or fights for that of the first.
 */
export const singletonReplicas: Gate = {
  id: "singleton-replicas",
  *run({ base, head, changes }) {
    const clusters = new Set(
      changes.objects.flatMap(({ effects, kind, place }) =>
        effects.includes("scale") || kind === "apps/Deployment" ? [place.cluster] : [],
      ),
    );
    for (const cluster of clusters) {
      const before = replicasByWorkload(podsOf(base, cluster));
      for (const [key, { template, range }] of replicasByWorkload(podsOf(head, cluster))) {
        const old = before.get(key);
        if (old === undefined || !isSingleton(old)) continue;
        const what = secondPod(template, range);
        if (what === undefined) continue;
        yield gateProblem(
          singletonReplicas.id,
          { ...template.source, path: "", cluster, folder: "" },
          `${workloadText(template)} ran once, as something of which there may be one only; ${what}`,
          "keep one pod; if it can share its work by now, a waiver says so",
        );
      }
    }
  },
};

function isSingleton({ template, range }: { template: PodTemplate; range: ReplicaRange }): boolean {
  return range.max === 1 && (template.kind === "apps/StatefulSet" || isRecreated(template));
}

function isRecreated({ kind, workload }: PodTemplate): boolean {
  return kind === "apps/Deployment" && text(workload, "spec", "strategy", "type") === "Recreate";
}

function secondPod(template: PodTemplate, { max }: ReplicaRange): string | undefined {
  if (max > 1) return `now ${max} of it may run`;
  if (template.kind === "apps/Deployment" && max === 1 && !isRecreated(template))
    return "now the new pod starts while the old one runs";
  return undefined;
}
