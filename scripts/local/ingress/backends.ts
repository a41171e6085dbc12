import { field, list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** A pod whose containers run as processes. */
export interface RunningPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly RunningPort[];
}

interface RunningPort {
  /** As the container declares it; empty where it has no name. */
  readonly name: string;
  readonly number: number;
  /** Port of the loopback that stands for it. */
  readonly local: number;
}

/**
 * Ports of the loopback behind a port of a Service, one for each of its pods.
 *
 * @param wanted name or number of the Service's port; undefined for its first
 */
export function portsBehind(
  service: KubernetesObject,
  wanted: string | number | undefined,
  pods: readonly RunningPod[],
): readonly number[] {
  const selector = Object.entries(stringMap(service, "spec", "selector"));
  const entry = list(service, "spec", "ports").find(
    (port) => wanted === undefined || text(port, "name") === wanted || number(port, "port") === wanted,
  );
  if (entry === undefined || selector.length === 0) return [];
  const target = field(entry, "targetPort") ?? number(entry, "port");
  return pods
    .filter(({ namespace }) => namespace === service.metadata.namespace)
    .filter(({ labels }) => selector.every(([name, value]) => labels[name] === value))
    .flatMap(({ ports }) => ports.filter(({ name, number }) => name === target || number === target))
    .map(({ local }) => local);
}
