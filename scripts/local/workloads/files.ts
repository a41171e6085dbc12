import { field, list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { Held, HolderKind } from "./held.ts";

/** What lies at a path of a container's file system. */
export interface MountedFile {
  readonly path: string;
  readonly content: Buffer;
}

export interface MountedFiles {
  /** Paths that are folders, whether files lie in them or not. */
  readonly folders: readonly string[];
  readonly files: readonly MountedFile[];
}

/** What is mounted into a container. Volumes that begin empty, and those of disks, are empty folders. */
export function filesOf(pod: KubernetesObject, container: unknown, held: Held): MountedFiles {
  const mounts = list(container, "volumeMounts").map((mount) => {
    const path = text(mount, "mountPath") ?? "";
    const volume = list(pod, "spec", "volumes").find((each) => text(each, "name") === text(mount, "name"));
    const content = volumeFiles(pod, volume, held);
    const part = text(mount, "subPath");
    if (part === undefined) return { folder: path, files: below(path, content) };
    const single = content.find((file) => file.path === part);
    return single === undefined
      ? { folder: path, files: [] }
      : { folder: undefined, files: [{ path, content: single.content }] };
  });
  return {
    folders: mounts.flatMap(({ folder }) => folder ?? []),
    files: mounts.flatMap(({ files }) => files),
  };
}

function below(folder: string, files: readonly MountedFile[]): readonly MountedFile[] {
  return files.map(({ path, content }) => ({ path: `${folder}/${path}`, content }));
}

function volumeFiles(pod: KubernetesObject, volume: unknown, held: Held): readonly MountedFile[] {
  const sources = [volume, ...list(volume, "projected", "sources")];
  return sources.flatMap((source) => [
    ...holderFiles("ConfigMap", field(source, "configMap"), held),
    ...holderFiles("Secret", field(source, "secret"), held),
    ...downwardFiles(pod, source),
    ...tokenFile(source),
  ]);
}

function holderFiles(kind: HolderKind, reference: unknown, held: Held): readonly MountedFile[] {
  const name = text(reference, "secretName") ?? text(reference, "name");
  const content = name === undefined ? undefined : held(kind, name);
  if (content === undefined) return [];
  const items = list(reference, "items");
  if (items.length === 0) return [...content].map(([path, value]) => ({ path, content: value }));
  return items.flatMap((item) => {
    const value = content.get(text(item, "key") ?? "");
    return value === undefined ? [] : [{ path: text(item, "path") ?? "", content: value }];
  });
}

function downwardFiles(pod: KubernetesObject, source: unknown): readonly MountedFile[] {
  return list(source, "downwardAPI", "items").map((item) => {
    const value = field(pod, ...(text(item, "fieldRef", "fieldPath") ?? "").split("."));
    return { path: text(item, "path") ?? "", content: Buffer.from(String(value ?? "")) };
  });
}

/** A process on this machine is no pod to the API server: the file is there, and lets nobody in. */
function tokenFile(source: unknown): readonly MountedFile[] {
  const path = text(source, "serviceAccountToken", "path");
  return path === undefined
    ? []
    : [{ path, content: Buffer.from("no token: this is a process of slipway up\n") }];
}
