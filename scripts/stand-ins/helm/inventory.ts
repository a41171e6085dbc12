import { gunzipSync, gzipSync } from "node:zlib";
import { loadAll } from "js-yaml";
import { list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { isKubernetesObject } from "../../../synth/objects/plain.ts";
import type { KubernetesClient, ObjectReference } from "../../kubernetes/client.ts";
import { standInMark } from "../mark.ts";
import { referenceOf } from "../reference.ts";

/** First bytes of everything that gzip writes (RFC 1952). */
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** What a release consists of, kept where Helm keeps its own record: a Secret in its storage namespace. */
export interface Inventory {
  readonly objects: readonly KeptReference[];
}

export interface KeptReference extends ObjectReference {
  /** Whether it outlives its release, by `helm.sh/resource-policy: keep`. */
  readonly keep: boolean;
}

export function referencesOf(objects: readonly KubernetesObject[]): readonly KeptReference[] {
  return objects.map((object) => ({
    ...referenceOf(object),
    keep: object.metadata.annotations?.["helm.sh/resource-policy"] === "keep",
  }));
}

/** Whether two references are to one object, in whatever version. */
export function isSame(one: ObjectReference, other: ObjectReference): boolean {
  return (
    one.kind === other.kind &&
    one.name === other.name &&
    one.namespace === other.namespace &&
    groupOf(one) === groupOf(other)
  );
}

function groupOf({ apiVersion }: ObjectReference): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

function recordOf(release: KubernetesObject): ObjectReference {
  const name = text(release, "spec", "releaseName") ?? release.metadata.name;
  const namespace = text(release, "spec", "storageNamespace") ?? release.metadata.namespace ?? "";
  return { apiVersion: "v1", kind: "Secret", name: `sh.helm.release.v1.${name}.v1`, namespace };
}

export async function readInventory(
  release: KubernetesObject,
  client: KubernetesClient,
): Promise<readonly KeptReference[]> {
  const record = await client.get(recordOf(release));
  const packed = text(record, "data", "release");
  return packed === undefined ? [] : referencesIn(packed);
}

/**
 * What a record says that its release consists of: one of ours, or one that Helm itself has written, who encodes it twice and
 * keeps the manifest. Helm installs what a HelmRelease takes over later, such as the Flux operator.
 */
export function referencesIn(packed: string): readonly KeptReference[] {
  const once = Buffer.from(packed, "base64");
  const isOurs = once.subarray(0, gzipMagic.length).equals(gzipMagic);
  const zipped = isOurs ? once : Buffer.from(once.toString("latin1"), "base64");
  const kept: unknown = JSON.parse(gunzipSync(zipped).toString("utf8"));
  const manifest = text(kept, "manifest");
  if (manifest !== undefined) return referencesOf(loadAll(manifest).filter(isKubernetesObject));
  return list(kept, "objects").flatMap((each) => {
    const [apiVersion, kind, name] = ["apiVersion", "kind", "name"].map((key) => text(each, key));
    if (apiVersion === undefined || kind === undefined || name === undefined) return [];
    const namespace = text(each, "namespace");
    const keep = typeof each === "object" && each !== null && Reflect.get(each, "keep") === true;
    return [{ apiVersion, kind, name, keep, ...(namespace !== undefined && { namespace }) }];
  });
}

export async function writeInventory(
  release: KubernetesObject,
  objects: readonly KeptReference[],
  client: KubernetesClient,
): Promise<void> {
  const { name, namespace = "" } = recordOf(release);
  const packed = gzipSync(JSON.stringify({ objects })).toString("base64");
  await client.apply(
    {
      apiVersion: "v1",
      kind: "Secret",
      type: "helm.sh/release.v1",
      metadata: {
        name,
        namespace,
        labels: { owner: "helm", status: "deployed", [standInMark]: "helm-controller" },
      },
      data: { release: packed },
    },
    { fieldManager: "helm" },
  );
}

export async function removeInventory(release: KubernetesObject, client: KubernetesClient): Promise<void> {
  await client.delete(recordOf(release));
}
