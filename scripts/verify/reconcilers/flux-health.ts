import { list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { isReady } from "../record/readiness.ts";
import type { Recorder } from "../record/recorder.ts";

const kustomization = { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" } as const;
/** Milliseconds between two requests to one Kustomization. */
const pause = 1000;

/**
 * kustomize-controller looks at the health of what it has applied at once, and then every 5 s. Here everything is ready
 * within one, so that each link of the chain would wait for four. Asks a Kustomization to look again when all that it
 * waits for has become ready, as `flux reconcile` does; it is still the one to judge.
 *
 * @returns what ends it
 */
export function hurryHealthChecks(client: KubernetesClient, recorder: Recorder): () => void {
  const asked = new Map<string, number>();
  const later = new Map<string, NodeJS.Timeout>();
  const look = (namespace: string, name: string): void => {
    const owner = recorder.get(`kustomize.toolkit.fluxcd.io/Kustomization ${namespace}/${name}`);
    if (owner === undefined || !checksHealth(owner) || !isAllReady(recorder, name)) return;
    const key = `${namespace}/${name}`;
    const wait = (asked.get(key) ?? 0) + pause - Date.now();
    if (wait <= 0) {
      asked.set(key, Date.now());
      void ask(client, name, namespace);
    } else if (!later.has(key)) {
      // It may have looked too early the last time.
      const again = (): void => void (later.delete(key) && look(namespace, name));
      later.set(key, setTimeout(again, wait));
    }
  };
  const stop = recorder.onChange((object) => {
    const { "kustomize.toolkit.fluxcd.io/name": name, "kustomize.toolkit.fluxcd.io/namespace": namespace } =
      stringMap(object.metadata, "labels");
    if (name !== undefined && namespace !== undefined && isHealthy(object) === true) look(namespace, name);
  });
  return () => {
    stop();
    for (const timer of later.values()) clearTimeout(timer);
  };
}

function checksHealth(object: KubernetesObject): boolean {
  return list(object, "status", "conditions").some(
    (condition) => text(condition, "type") === "Healthy" && text(condition, "reason") === "Progressing",
  );
}

function isAllReady(recorder: Recorder, name: string): boolean {
  for (const object of recorder.live()) {
    const owner = stringMap(object.metadata, "labels")["kustomize.toolkit.fluxcd.io/name"];
    if (owner === name && isHealthy(object) === false) return false;
  }
  return true;
}

/** As Flux judges it: kinds that it does not know are healthy by their condition Ready, if they have one. */
function isHealthy(object: KubernetesObject): boolean | undefined {
  const known = isReady(object);
  if (known !== undefined || object.kind === "Pod") return known;
  const conditions = list(object, "status", "conditions");
  const ready = conditions.find((condition) => text(condition, "type") === "Ready");
  return ready === undefined ? undefined : text(ready, "status") === "True";
}

/** That it could not be asked costs a few seconds, nothing else: the Kustomization may be gone, or the API server. */
async function ask(client: KubernetesClient, name: string, namespace: string): Promise<void> {
  const annotations = { "reconcile.fluxcd.io/requestedAt": new Date().toISOString() };
  await client
    .mergePatch({ ...kustomization, name, namespace }, { metadata: { annotations } })
    .catch(() => undefined);
}
