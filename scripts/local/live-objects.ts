import { setTimeout as sleep } from "node:timers/promises";
import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { KindReference, KubernetesClient } from "../kubernetes/client.ts";

/** Milliseconds after which an API server that refused is asked again. */
const lookAgain = 1_000;

/** The objects of one kind as they are now, by name, until the signal is aborted; `changed` is called at each change. */
export function liveObjects(
  client: KubernetesClient,
  kind: KindReference,
  signal: AbortSignal,
  changed: () => void,
): ReadonlyMap<string, KubernetesObject> {
  const objects = new Map<string, KubernetesObject>();
  const read = async (): Promise<void> => {
    for await (const { type, object } of client.watch(kind, signal)) {
      if (type === "deleted") objects.delete(objectName(object));
      else objects.set(objectName(object), object);
      changed();
    }
  };
  const readOn = async (): Promise<void> => {
    while (!signal.aborted) {
      // A watch makes up for broken connections by itself; what it throws is a refusal.
      await read().catch(() => undefined);
      await sleep(lookAgain, undefined, { signal }).catch(() => undefined);
    }
  };
  void readOn();
  return objects;
}
