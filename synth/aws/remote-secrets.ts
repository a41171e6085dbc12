import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { list, text } from "../objects/json-fields.ts";

/** An entry of AWS Secrets Manager that the cluster reads. */
export interface RemoteSecret {
  /** Its name there, `<cluster>/<app>/<environment>/<entry>`, an add-on's `<cluster>/<add-on>/<entry>`. */
  readonly name: string;
  /** Properties of its JSON. */
  readonly keys: readonly string[];
}

/**
 * What has to lie in AWS Secrets Manager for these objects. The store puts its prefix before every name, so that it is
 * looked up among `all` objects of the cluster. A Secret that is generated in the cluster needs nothing.
 */
export function remoteSecrets(
  objects: readonly KubernetesObject[],
  all: readonly KubernetesObject[],
): readonly RemoteSecret[] {
  const references = objects
    .filter(({ kind }) => kind === "ExternalSecret")
    .flatMap((object) =>
      list(object, "spec", "data").map((entry) => ({
        name: `${prefixOf(object, all)}${text(entry, "remoteRef", "key") ?? ""}`,
        key: text(entry, "remoteRef", "property") ?? "",
      })),
    );
  return [...Map.groupBy(references, ({ name }) => name)].map(([name, members]) => ({
    name,
    keys: [...new Set(members.map(({ key }) => key))],
  }));
}

/** What the store of an ExternalSecret puts before the names that it asks for. */
function prefixOf(externalSecret: KubernetesObject, all: readonly KubernetesObject[]): string {
  const kind = text(externalSecret, "spec", "secretStoreRef", "kind");
  const name = text(externalSecret, "spec", "secretStoreRef", "name");
  const store = all.find((object) => object.kind === kind && object.metadata.name === name);
  return text(store, "spec", "provider", "aws", "prefix") ?? "";
}
