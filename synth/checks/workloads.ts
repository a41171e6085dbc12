import { loadAll } from "js-yaml";
import type { GroupKind } from "../objects/group-kind.ts";
import { groupKindOf, splitGroupKind } from "../objects/group-kind.ts";
import type { RenderedObject } from "../render/render.ts";
import { field, fields, isFields, list, number, stringMap, text } from "../objects/json-fields.ts";
import type { Fields } from "../objects/json-fields.ts";

/** A container as its pod's template has it. */
export interface ContainerView {
  readonly name: string;
  readonly spec: Fields;
  /** Whether it runs before the others; one that also keeps running beside them is a sidecar. */
  readonly init: boolean;
  /** From the object's root, such as `spec.template.spec.containers[0]`. */
  readonly path: string;
}

/** The pods that one object brings about. */
export interface PodTemplate {
  readonly source: RenderedObject;
  readonly kind: GroupKind;
  /** Name of the workload. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Fields;
  /** Path of `spec` from the object's root. */
  readonly path: string;
  /** Init containers first. */
  readonly containers: readonly ContainerView[];
  /** The workload itself. */
  readonly workload: Fields;
  /** Whether a controller of the slice starts it at run time, from a manifest in a ConfigMap. */
  readonly startedLater: boolean;
}

const templatePaths: ReadonlyMap<string, readonly string[]> = new Map([
  ["/Pod", []],
  ["apps/DaemonSet", ["spec", "template"]],
  ["apps/Deployment", ["spec", "template"]],
  ["apps/ReplicaSet", ["spec", "template"]],
  ["apps/StatefulSet", ["spec", "template"]],
  ["argoproj.io/Rollout", ["spec", "template"]],
  ["batch/CronJob", ["spec", "jobTemplate", "spec", "template"]],
  ["batch/Job", ["spec", "template"]],
]);

/** Pod templates of one object: a workload has one, a ConfigMap may hold manifests of workloads. */
export function podTemplatesOf(source: RenderedObject): readonly PodTemplate[] {
  const { object } = source;
  if (object.apiVersion === "v1" && object.kind === "ConfigMap") return manifestsIn(source);
  const template = podTemplate(source, fields(object), [], false);
  return template === undefined ? [] : [template];
}

function podTemplate(
  source: RenderedObject,
  workload: Fields,
  base: readonly string[],
  startedLater: boolean,
): PodTemplate | undefined {
  const kind = groupKindOf({
    apiVersion: text(workload, "apiVersion") ?? "",
    kind: text(workload, "kind") ?? "",
  });
  const path = templatePaths.get(kind);
  if (path === undefined) return undefined;
  const template = field(workload, ...path);
  const specPath = [...base, ...path, "spec"].join(".");
  const { name, namespace = "default" } = source.object.metadata;
  return {
    source,
    kind,
    name: text(workload, "metadata", "name") ?? name,
    namespace: text(workload, "metadata", "namespace") ?? namespace,
    labels: stringMap(template, "metadata", "labels"),
    annotations: stringMap(template, "metadata", "annotations"),
    spec: fields(template, "spec"),
    path: specPath,
    containers: containersOf(fields(template, "spec"), specPath),
    workload,
    startedLater,
  };
}

function containersOf(spec: Fields, path: string): readonly ContainerView[] {
  return ["initContainers", "containers"].flatMap((name) =>
    list(spec, name).map((container, index) => ({
      name: text(container, "name") ?? String(index),
      spec: fields(container),
      init: name === "initContainers",
      path: `${path}.${name}[${index}]`,
    })),
  );
}

function manifestsIn(source: RenderedObject): readonly PodTemplate[] {
  return Object.entries(stringMap(source.object, "data")).flatMap(([key, content]) => {
    if (!/^kind: /m.test(content) || !/^apiVersion: /m.test(content)) return [];
    return documents(content)
      .filter(isFields)
      .flatMap((manifest) => podTemplate(source, manifest, ["data", key], true) ?? []);
  });
}

function documents(content: string): readonly unknown[] {
  try {
    return loadAll(content);
  } catch {
    // Not YAML after all, or a template of some: nothing to say about its pods.
    return [];
  }
}

/** Ports that a container declares. */
export function portsOf(container: ContainerView): readonly { name: string | undefined; number: number }[] {
  return list(container.spec, "ports").map((port) => ({
    name: text(port, "name"),
    number: number(port, "containerPort") ?? 0,
  }));
}

/** Whether an init container keeps running beside the others. */
export function isSidecar(container: ContainerView): boolean {
  return container.init && text(container.spec, "restartPolicy") === "Always";
}

/** `Deployment web`, for sentences. */
export function workloadText({ kind, name }: Pick<PodTemplate, "kind" | "name">): string {
  return `${splitGroupKind(kind).kind} ${name}`;
}
