import type { ListQuery, ObjectReference, ServedKind } from "./client.ts";
import { versionPath } from "./discovery.ts";

/** What a list or a watch asks for, in the API server's words. */
export function selectors({ labelSelector, fieldSelector }: ListQuery): URLSearchParams {
  return new URLSearchParams({
    ...(labelSelector !== undefined && { labelSelector }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  });
}

/** Path of the objects of a kind, in one namespace or in all. */
export function collectionPath({ apiVersion, plural, namespaced }: ServedKind, namespace?: string): string {
  const within = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
  return `${versionPath(apiVersion)}${within}/${plural}`;
}

/** Path of one object. @throws TypeError where its kind has namespaces and it names none */
export function objectPath(served: ServedKind, { name, namespace }: ObjectReference): string {
  if (served.namespaced && namespace === undefined) {
    throw new TypeError(`${served.kind} ${name} is asked for without its namespace`);
  }
  return `${collectionPath(served, namespace)}/${encodeURIComponent(name)}`;
}
