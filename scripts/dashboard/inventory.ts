/** An object that a part is made of, as its reconciler lists it. */
export interface Listed {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** What the reconciler says of it, if it does. */
  readonly sync?: "synced" | "out-of-sync";
}

/** Unique in the cluster, whatever version it is read in. */
export function objectId({ group, kind, namespace, name }: Omit<Listed, "version">): string {
  return `${group}/${kind} ${namespace}/${name}`;
}

/**
 * An entry of a Kustomization's inventory: `<namespace>_<name>_<group>_<kind>`, in whose names `__` stands for a colon
 * (fluxcd/cli-utils, pkg/object). Undefined where it is of another form.
 */
export function fluxEntry(id: string, version: string): Listed | undefined {
  const parts = id.replaceAll("__", ":").split("_");
  if (parts.length !== 4) return undefined;
  const [namespace = "", name = "", group = "", kind = ""] = parts;
  return { group, version, kind, namespace, name };
}
