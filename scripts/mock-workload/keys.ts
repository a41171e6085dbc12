import type { ClusterIndex } from "../../synth/checks/index-objects.ts";
import { secretSources } from "../../synth/checks/secret-sources.ts";
import { fields } from "../../synth/objects/json-fields.ts";

/** Keys of a ConfigMap or Secret of a pod's namespace; none where only the running cluster knows. */
export type KeysOf = (kind: "ConfigMap" | "Secret", name: string) => readonly string[];

/** Keys as the objects of the cluster say, with what makes its Secrets. */
export function keysIn(index: ClusterIndex): (namespace: string) => KeysOf {
  const secrets = secretSources(index);
  return (namespace) => (kind, name) => {
    if (kind === "Secret") return secrets.get(`${namespace}/${name}`)?.keys ?? [];
    const found = index.find("/ConfigMap", namespace, name)?.object;
    return [...Object.keys(fields(found, "data")), ...Object.keys(fields(found, "binaryData"))];
  };
}
