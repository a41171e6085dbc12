/** What the page and the terminal show of a cluster. Plain JSON: it goes over the wire as it is. */

export const healths = ["healthy", "suspended", "unknown", "progressing", "missing", "degraded"] as const;

/** From well to unwell. `suspended`: somebody stopped it on purpose. */
export type Health = (typeof healths)[number];

/** How one object is, and why it is not well. */
export interface Judged {
  readonly health: Health;
  readonly message?: string;
}

/** Whether the cluster has what git has. `waiting`: not tried yet, since something else has to come first. */
export type Sync = "synced" | "out-of-sync" | "syncing" | "waiting" | "unknown";

/** What one Application or Kustomization makes of its part of dist. */
export interface Part {
  /** Unique in the cluster, and the same as long as the part is there. */
  readonly id: string;
  readonly kind: "Application" | "Kustomization";
  readonly name: string;
  /** The folder of dist it is from, such as `controllers`. */
  readonly layer: string;
  readonly sync: Sync;
  readonly health: Health;
  /** What is in the way, in the reconciler's words. */
  readonly error?: string;
  /** What is being done, or waited for. */
  readonly note?: string;
  /** The commit, or the chart's version, that the cluster has. */
  readonly revision?: string;
  readonly objects: readonly PartObject[];
}

export interface PartObject {
  readonly id: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Only where the reconciler tells it of each object. */
  readonly sync?: "synced" | "out-of-sync";
  /** Absent for what is well by being there, such as a ConfigMap. */
  readonly health?: Health;
  readonly message?: string;
}

/** All that is known of a cluster. */
export interface Picture {
  /** Name of the cluster, as it was asked for. */
  readonly cluster: string;
  /** Whether the API server answers. */
  readonly reachable: boolean;
  readonly parts: readonly Part[];
}

/** Order in which a cluster takes up its layers; what is not here comes last. */
const layers = ["bootstrap", "access", "foundation", "controllers", "configuration", "applications"];

/** In the order of layers, then of names. */
export function sorted(parts: readonly Part[]): readonly Part[] {
  const place = ({ layer }: Part) => (layers.includes(layer) ? layers.indexOf(layer) : layers.length);
  return parts.toSorted(
    (a, b) => place(a) - place(b) || a.layer.localeCompare(b.layer) || a.name.localeCompare(b.name),
  );
}

export function worst(all: readonly Health[]): Health {
  return all.reduce((a, b) => (healths.indexOf(a) >= healths.indexOf(b) ? a : b), "healthy");
}

/** Whether the cluster is as git has it, and well. */
export function isSettled({ sync, health }: Part): boolean {
  return sync === "synced" && (health === "healthy" || health === "suspended");
}
