import { field, list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

/** A pod whose containers run as processes. */
export interface RunningPod {
  /** `<namespace>.<name>`: no two pods have it at once. */
  readonly place: string;
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

/** A pod behind a Service, and the port of the loopback at which it answers. */
interface Backend {
  readonly place: string;
  readonly local: number;
}

/**
 * Pods behind a port of a Service.
 *
 * @param wanted name or number of the Service's port; undefined for its first
 */
export function podsBehind(
  service: KubernetesObject,
  wanted: string | number | undefined,
  pods: readonly RunningPod[],
): readonly Backend[] {
  const selector = Object.entries(stringMap(service, "spec", "selector"));
  const entry = list(service, "spec", "ports").find(
    (port) => wanted === undefined || text(port, "name") === wanted || number(port, "port") === wanted,
  );
  if (entry === undefined || selector.length === 0) return [];
  const target = field(entry, "targetPort") ?? number(entry, "port");
  return pods
    .filter(({ namespace }) => namespace === service.metadata.namespace)
    .filter(({ labels }) => selector.every(([name, value]) => labels[name] === value))
    .flatMap(({ place, ports }) =>
      ports
        .filter(({ name, number }) => name === target || number === target)
        .map(({ local }) => ({ place, local })),
    );
}
