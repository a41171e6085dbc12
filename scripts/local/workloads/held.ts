import { fields, list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";

export type HolderKind = "ConfigMap" | "Secret";

/** What ConfigMaps and Secrets of a pod's namespace hold, by key; undefined for one that is not there. */
export type Held = (kind: HolderKind, name: string) => ReadonlyMap<string, Buffer> | undefined;

/** Reads every ConfigMap and Secret that a pod names. */
export async function readHeld(client: KubernetesClient, pod: KubernetesObject): Promise<Held> {
  const { namespace = "default" } = pod.metadata;
  const read = await Promise.all(
    namedBy(pod).map(async ({ kind, name }) => {
      const object = await client.get({ apiVersion: "v1", kind, namespace, name });
      return [`${kind} ${name}`, object && contentOf(object)] as const;
    }),
  );
  const contents = new Map(read);
  return (kind, name) => contents.get(`${kind} ${name}`);
}

/** Content of a ConfigMap or a Secret, by key. */
export function contentOf(object: KubernetesObject): ReadonlyMap<string, Buffer> {
  const encoded = {
    ...stringMap(object, "binaryData"),
    ...(object.kind === "Secret" && stringMap(object, "data")),
  };
  const plain = object.kind === "Secret" ? {} : stringMap(object, "data");
  return new Map([
    ...Object.entries(encoded).map(([key, value]): [string, Buffer] => [key, Buffer.from(value, "base64")]),
    ...Object.entries(plain).map(([key, value]): [string, Buffer] => [key, Buffer.from(value)]),
  ]);
}

interface Named {
  readonly kind: HolderKind;
  readonly name: string;
}

/** Fields by which a pod names a ConfigMap or a Secret, wherever they stand, with the field that holds its name. */
const references: readonly (readonly [field: string, kind: HolderKind])[] = [
  ["configMapRef", "ConfigMap"],
  ["configMapKeyRef", "ConfigMap"],
  ["configMap", "ConfigMap"],
  ["secretRef", "Secret"],
  ["secretKeyRef", "Secret"],
  ["secret", "Secret"],
];

function namedBy(pod: KubernetesObject): readonly Named[] {
  const containers = list(pod, "spec", "containers");
  const volumes = list(pod, "spec", "volumes");
  const sources = [
    ...containers.flatMap((container) => list(container, "envFrom")),
    ...containers.flatMap((container) => list(container, "env")).map((entry) => fields(entry, "valueFrom")),
    ...volumes,
    ...volumes.flatMap((volume) => list(volume, "projected", "sources")),
  ];
  const found = sources.flatMap((source) =>
    references.flatMap(([field, kind]): readonly Named[] => {
      const name = text(source, field, "name") ?? text(source, field, "secretName");
      return name === undefined ? [] : [{ kind, name }];
    }),
  );
  return [...new Map(found.map((each) => [`${each.kind} ${each.name}`, each])).values()];
}
