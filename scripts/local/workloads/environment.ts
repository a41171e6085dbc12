import { field, list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { Held, HolderKind } from "./held.ts";

export interface ContainerEnvironment {
  readonly values: Readonly<Record<string, string>>;
  /** What it is promised and is not there, in the words of the kubelet's events. */
  readonly missing: readonly string[];
}

/** Finds a ConfigMap or a Secret that a container is promised; notes it where it is missing and not optional. */
type Take = (kind: HolderKind, reference: unknown) => ReadonlyMap<string, Buffer> | undefined;

/** The variables that the kubelet would start a container with: `envFrom` first, and `env` over it, in order. */
export function environmentOf(pod: KubernetesObject, container: unknown, held: Held): ContainerEnvironment {
  const missing: string[] = [];
  const take: Take = (kind, reference) => {
    const name = text(reference, "name") ?? "";
    const found = held(kind, name);
    if (found === undefined && !isOptional(reference)) missing.push(`${kind} ${name} is not there`);
    return found;
  };
  const values: Record<string, string> = { HOSTNAME: pod.metadata.name };
  for (const source of list(container, "envFrom")) Object.assign(values, allOf(source, take));
  for (const entry of list(container, "env")) {
    const name = text(entry, "name") ?? "";
    const from = field(entry, "valueFrom");
    const value =
      from === undefined
        ? expand(text(entry, "value") ?? "", values)
        : (fieldOf(pod, container, from) ?? keyOf(from, take, missing));
    if (value !== undefined) values[name] = value;
  }
  return { values, missing };
}

/** Every key of a ConfigMap or a Secret, as variables. */
function allOf(source: unknown, take: Take): Readonly<Record<string, string>> {
  const [kind, reference] = referenceIn(source, "secretRef", "configMapRef");
  const prefix = text(source, "prefix") ?? "";
  return Object.fromEntries(
    [...(take(kind, reference) ?? [])]
      // What is no text is for files.
      .filter(([, value]) => !value.includes(0))
      .map(([key, value]) => [`${prefix}${key}`, value.toString()]),
  );
}

/** One key of a ConfigMap or a Secret. */
function keyOf(from: unknown, take: Take, missing: string[]): string | undefined {
  const [kind, reference] = referenceIn(from, "secretKeyRef", "configMapKeyRef");
  const key = text(reference, "key") ?? "";
  const holder = take(kind, reference);
  const value = holder?.get(key);
  if (holder !== undefined && value === undefined && !isOptional(reference)) {
    missing.push(`${kind} ${text(reference, "name")} has no key ${key}`);
  }
  return value?.toString();
}

function isOptional(reference: unknown): boolean {
  return field(reference, "optional") === true;
}

function referenceIn(source: unknown, secret: string, config: string): readonly [HolderKind, unknown] {
  const reference = field(source, secret);
  return reference === undefined ? ["ConfigMap", field(source, config)] : ["Secret", reference];
}

/** `$(NAME)` by what came before; what is not known stays as it is written, and `$$` is a dollar. */
function expand(written: string, values: Readonly<Record<string, string>>): string {
  return written.replace(/\$\$|\$\(([\w.-]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? "$" : (values[name] ?? whole),
  );
}

/** A field of the pod, or of what the container may use; undefined where it asks for neither. */
function fieldOf(pod: KubernetesObject, container: unknown, from: unknown): string | undefined {
  const resource = text(from, "resourceFieldRef", "resource");
  if (resource !== undefined) return text(container, "resources", ...resource.split(".")) ?? "0";
  const path = text(from, "fieldRef", "fieldPath");
  if (path === undefined) return undefined;
  const [, map = "", key = ""] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  return map === "" ? (text(pod, ...path.split(".")) ?? "") : (stringMap(pod.metadata, map)[key] ?? "");
}
