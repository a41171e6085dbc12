import { field, list, stringMap, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { Held } from "./held.ts";

export interface ContainerEnvironment {
  readonly values: Readonly<Record<string, string>>;
  /** What it is promised and is not there, in the words of the kubelet's events. */
  readonly missing: readonly string[];
}

/** The variables that the kubelet would start a container with: `envFrom` first, and `env` over it, in order. */
export function environmentOf(pod: KubernetesObject, container: unknown, held: Held): ContainerEnvironment {
  const values: Record<string, string> = { HOSTNAME: pod.metadata.name };
  const missing: string[] = [];
  const take = (
    kind: "ConfigMap" | "Secret",
    reference: unknown,
  ): ReadonlyMap<string, Buffer> | undefined => {
    const name = text(reference, "name") ?? "";
    const found = held(kind, name);
    if (found === undefined && field(reference, "optional") !== true)
      missing.push(`${kind} ${name} is not there`);
    return found;
  };
  for (const source of list(container, "envFrom")) {
    const [kind, reference] = referenceIn(source, "secretRef", "configMapRef");
    const prefix = text(source, "prefix") ?? "";
    for (const [key, value] of take(kind, reference) ?? []) {
      // What is no text is for files.
      if (!value.includes(0)) values[`${prefix}${key}`] = value.toString();
    }
  }
  for (const entry of list(container, "env")) {
    const name = text(entry, "name") ?? "";
    const from = field(entry, "valueFrom");
    if (from === undefined) {
      values[name] = expand(text(entry, "value") ?? "", values);
      continue;
    }
    const told = fieldOf(pod, container, from);
    if (told !== undefined) {
      values[name] = told;
      continue;
    }
    const [kind, reference] = referenceIn(from, "secretKeyRef", "configMapKeyRef");
    const key = text(reference, "key") ?? "";
    const holder = take(kind, reference);
    const value = holder?.get(key);
    if (value !== undefined) values[name] = value.toString();
    else if (holder !== undefined && field(reference, "optional") !== true) {
      missing.push(`${kind} ${text(reference, "name")} has no key ${key}`);
    }
  }
  return { values, missing };
}

function referenceIn(
  source: unknown,
  secret: string,
  config: string,
): readonly ["ConfigMap" | "Secret", unknown] {
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
