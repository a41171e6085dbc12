import { field, number, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient, ObjectReference } from "../../kubernetes/client.ts";

/** The workloads that are not ready yet, of those that Helm waits for. */
export async function unready(
  objects: readonly ObjectReference[],
  client: KubernetesClient,
): Promise<readonly string[]> {
  const workloads = objects.filter(({ kind }) => kind in isReadyOf);
  const found = await Promise.all(
    workloads.map(async (reference) => ({ reference, object: await client.get(reference) })),
  );
  return found
    .filter(({ reference, object }) => object === undefined || isReadyOf[reference.kind]?.(object) !== true)
    .map(({ reference }) => `${reference.kind} ${reference.name}`);
}

const isReadyOf: Readonly<Record<string, (object: KubernetesObject) => boolean>> = {
  Deployment: (object) => isObserved(object) && count(object, "availableReplicas") >= wanted(object),
  StatefulSet: (object) => isObserved(object) && count(object, "readyReplicas") >= wanted(object),
  DaemonSet: (object) =>
    isObserved(object) && count(object, "numberReady") >= count(object, "desiredNumberScheduled"),
  CustomResourceDefinition: (object) => {
    const conditions = field(object, "status", "conditions");
    return (
      Array.isArray(conditions) &&
      conditions.some((each) => text(each, "type") === "Established" && text(each, "status") === "True")
    );
  },
};

function isObserved(object: KubernetesObject): boolean {
  return number(object, "status", "observedGeneration") === number(object, "metadata", "generation");
}

function count(object: KubernetesObject, name: string): number {
  return number(object, "status", name) ?? 0;
}

function wanted(object: KubernetesObject): number {
  return number(object, "spec", "replicas") ?? 1;
}
