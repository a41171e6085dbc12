import { list, stringMap, strings, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { isReady, say } from "../conditions.ts";
import type { StandIn } from "../stand-in.ts";

const apiVersion = "external-secrets.io/v1";

interface Store {
  /** Put before every key. */
  readonly prefix: string;
  /** Why this ExternalSecret may not read it. */
  readonly refusal?: string;
}

/** The store that an ExternalSecret reads, if it may. */
export async function storeOf(object: KubernetesObject, client: KubernetesClient): Promise<Store> {
  const kind = text(object, "spec", "secretStoreRef", "kind") ?? "SecretStore";
  const name = text(object, "spec", "secretStoreRef", "name") ?? "";
  const { namespace = "" } = object.metadata;
  const isWide = kind === "ClusterSecretStore";
  const store = await client.get({ apiVersion, kind, name, ...(!isWide && { namespace }) });
  const prefix = text(store, "spec", "provider", "aws", "prefix") ?? "";
  if (store === undefined) return { prefix, refusal: `there is no ${kind} ${name}` };
  if (!isReady(store)) return { prefix, refusal: `${kind} ${name} is not ready` };
  if (isWide && !(await admits(store, namespace, client))) {
    return { prefix, refusal: `${kind} ${name} does not let namespace ${namespace} in` };
  }
  return { prefix };
}

/** Without conditions a store is open to every namespace; else one of them has to match. */
async function admits(
  store: KubernetesObject,
  namespace: string,
  client: KubernetesClient,
): Promise<boolean> {
  const conditions = list(store, "spec", "conditions");
  if (conditions.length === 0) return true;
  const found = await client.get({ apiVersion: "v1", kind: "Namespace", name: namespace });
  const labels = stringMap(found, "metadata", "labels");
  return conditions.some((condition) => {
    const wanted = Object.entries(stringMap(condition, "namespaceSelector", "matchLabels"));
    const isSelected = wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
    return isSelected || strings(condition, "namespaces").includes(namespace);
  });
}

const store = (kind: "SecretStore" | "ClusterSecretStore"): StandIn => ({
  standsInFor: "External Secrets: stores, taken for valid",
  watches: { apiVersion, kind },
  reconcile: async (object, { client, note }) => {
    note(object);
    const message = "store validated";
    await say(client, object, { status: "True", reason: "Valid", message }, { capabilities: "ReadOnly" });
    return undefined;
  },
});

export const stores: readonly StandIn[] = [store("SecretStore"), store("ClusterSecretStore")];
