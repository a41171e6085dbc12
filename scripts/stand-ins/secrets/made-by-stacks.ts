import { load } from "js-yaml";
import type { RemoteSecret } from "../../../synth/aws/remote-secrets.ts";
import { stackPath } from "../../../synth/layout/layout.ts";
import { field, fields, text } from "../../../synth/objects/json-fields.ts";

/**
 * Entries that the secrets stack of a cluster makes: AWS holds no others, so that an ExternalSecret which asks for one that no
 * template names stays without, here as there.
 *
 * @param files of dist, by path from its root
 * @param read what the cluster reads, with the keys that whoever fills an entry puts there
 */
export function madeByStacks(
  files: ReadonlyMap<string, string>,
  cluster: string,
  read: readonly RemoteSecret[],
): readonly RemoteSecret[] {
  const template: unknown = load(files.get(stackPath(cluster, "secrets")) ?? "{}");
  const names = new Set(
    Object.values(fields(field(template, "Resources")))
      .filter((resource) => text(resource, "Type") === "AWS::SecretsManager::Secret")
      .map((resource) => text(resource, "Properties", "Name")),
  );
  return read.filter(({ name }) => names.has(name));
}
