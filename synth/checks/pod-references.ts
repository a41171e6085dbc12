import { field, list, strings, text } from "../objects/json-fields.ts";
import type { PodTemplate } from "./workloads.ts";

/** A ConfigMap or Secret without which a pod does not start. */
interface PodReference {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly keys: readonly string[];
  readonly path: string;
}

/** What the pods of a template read; optional references are left out. */
export function podReferences(template: PodTemplate): readonly PodReference[] {
  return [...fromContainers(template), ...fromVolumes(template), ...pullSecrets(template)];
}

function fromContainers({ containers }: PodTemplate): readonly PodReference[] {
  return containers.flatMap(({ spec, path }) => [
    ...list(spec, "env").flatMap((variable, index) => [
      ...reference("ConfigMap", field(variable, "valueFrom", "configMapKeyRef"), `${path}.env[${index}]`),
      ...reference("Secret", field(variable, "valueFrom", "secretKeyRef"), `${path}.env[${index}]`),
    ]),
    ...list(spec, "envFrom").flatMap((source, index) => [
      ...reference("ConfigMap", field(source, "configMapRef"), `${path}.envFrom[${index}]`),
      ...reference("Secret", field(source, "secretRef"), `${path}.envFrom[${index}]`),
    ]),
  ]);
}

function fromVolumes({ spec, path }: PodTemplate): readonly PodReference[] {
  return list(spec, "volumes").flatMap((volume, index) => {
    const at = `${path}.volumes[${index}]`;
    return [
      ...reference("ConfigMap", field(volume, "configMap"), at),
      ...reference("Secret", field(volume, "secret"), at),
      ...list(volume, "projected", "sources").flatMap((source, part) => [
        ...reference("ConfigMap", field(source, "configMap"), `${at}.projected.sources[${part}]`),
        ...reference("Secret", field(source, "secret"), `${at}.projected.sources[${part}]`),
      ]),
    ];
  });
}

function pullSecrets({ spec, path }: PodTemplate): readonly PodReference[] {
  return list(spec, "imagePullSecrets").flatMap((secret, index) =>
    reference("Secret", secret, `${path}.imagePullSecrets[${index}]`),
  );
}

function reference(kind: PodReference["kind"], source: unknown, path: string): readonly PodReference[] {
  // A Secret volume calls it secretName; everything else, name.
  const name = text(source, "secretName") ?? text(source, "name");
  if (name === undefined || field(source, "optional") === true) return [];
  const items = list(source, "items").flatMap((item) => text(item, "key") ?? []);
  return [{ kind, name, keys: [...strings([text(source, "key")]), ...items], path }];
}
