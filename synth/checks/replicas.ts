import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import type { RenderedObject } from "../render/render.ts";
import { field, number, text } from "../objects/json-fields.ts";
import type { ClusterIndex } from "./index-objects.ts";
import type { PodTemplate } from "./workloads.ts";

/** What an autoscaler points at, and between which bounds. */
export interface Autoscaler {
  readonly rendered: RenderedObject;
  readonly target: GroupKind;
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** Every HorizontalPodAutoscaler and ScaledObject, with the defaults that their controllers use. */
export function autoscalers(index: ClusterIndex): readonly Autoscaler[] {
  return [
    ...index.all("autoscaling/HorizontalPodAutoscaler").map((rendered) => ({
      ...targetOf(rendered),
      min: number(rendered.object, "spec", "minReplicas") ?? 1,
      max: number(rendered.object, "spec", "maxReplicas") ?? 1,
    })),
    ...index.all("keda.sh/ScaledObject").map((rendered) => ({
      ...targetOf(rendered),
      min: number(rendered.object, "spec", "minReplicaCount") ?? 0,
      max: number(rendered.object, "spec", "maxReplicaCount") ?? 100,
    })),
  ];
}

function targetOf(rendered: RenderedObject): Pick<Autoscaler, "rendered" | "target" | "name"> {
  const reference = ["spec", "scaleTargetRef"];
  const apiVersion = text(rendered.object, ...reference, "apiVersion") ?? "apps/v1";
  const kind = text(rendered.object, ...reference, "kind") ?? "Deployment";
  return {
    rendered,
    target: groupKindOf({ apiVersion, kind }),
    name: text(rendered.object, ...reference, "name") ?? "",
  };
}

const bounds = new WeakMap<ClusterIndex, ReadonlyMap<string, { min: number; max: number }>>();

/** How many pods of a template run, at least and at most. A DaemonSet's depend on the nodes: none here. */
export function podCount(index: ClusterIndex, template: PodTemplate): { min: number; max: number } {
  if (template.startedLater || template.kind === "apps/DaemonSet") return { min: 0, max: 0 };
  const scaled = scaledWorkloads(index).get(scaledKey(template.kind, template.namespace, template.name));
  const { min, max } = scaled ?? { min: fixedCount(template), max: fixedCount(template) };
  // Old and new ones run side by side until the switch, and a while after it.
  const both = field(template.workload, "spec", "strategy", "blueGreen") === undefined ? 1 : 2;
  return { min, max: max * both };
}

function fixedCount({ kind, workload }: PodTemplate): number {
  if (kind === "batch/Job") return number(workload, "spec", "parallelism") ?? 1;
  if (kind === "batch/CronJob") return number(workload, "spec", "jobTemplate", "spec", "parallelism") ?? 1;
  return number(workload, "spec", "replicas") ?? 1;
}

function scaledWorkloads(index: ClusterIndex): ReadonlyMap<string, { min: number; max: number }> {
  const known = bounds.get(index);
  if (known !== undefined) return known;
  const made = new Map(
    autoscalers(index).map(({ rendered, target, name, min, max }) => [
      scaledKey(target, rendered.object.metadata.namespace ?? "", name),
      { min, max },
    ]),
  );
  bounds.set(index, made);
  return made;
}

function scaledKey(kind: GroupKind, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}
