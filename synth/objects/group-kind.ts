/** A kind, whatever version: `apps/Deployment`; `/Service` for the core group. */
export type GroupKind = `${string}/${string}`;

/** API group of an object's version; the core group is the empty string. */
export function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf("/")));
}

export function groupKindOf({ apiVersion, kind }: { apiVersion: string; kind: string }): GroupKind {
  return `${groupOf(apiVersion)}/${kind}`;
}

export function splitGroupKind(groupKind: GroupKind): { group: string; kind: string } {
  const slash = groupKind.lastIndexOf("/");
  return { group: groupKind.slice(0, slash), kind: groupKind.slice(slash + 1) };
}
