import { field, list, number, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { fluxEntry } from "./inventory.ts";
import type { Health, Part, Sync } from "./model.ts";
import type { PartState } from "./part-state.ts";

/** Reasons for not being ready that are no failures. */
const working: ReadonlySet<string> = new Set(["Progressing", "ProgressingWithRetry", "ArtifactNotFound"]);
const dependencyNotReady = "DependencyNotReady";

/** A Kustomization, which looks at its objects when it applies them. */
export function kustomizationPart(object: KubernetesObject): PartState {
  const { name, namespace = "" } = object.metadata;
  const { sync, health, says } = stateOf(object);
  const revision = text(object, "status", "lastAppliedRevision");
  const part: Omit<Part, "objects"> = {
    id: `Kustomization ${namespace}/${name}`,
    kind: "Kustomization",
    name,
    layer: layerOf(object),
    sync,
    health,
    ...(says !== undefined && (health === "degraded" ? { error: says } : { note: says })),
    ...(revision !== undefined && { revision: shortRevision(revision) }),
  };
  const listed = list(object, "status", "inventory", "entries").flatMap(
    (entry) => fluxEntry(text(entry, "id") ?? "", text(entry, "v") ?? "") ?? [],
  );
  return { part, listed, tellsHealth: false };
}

/** `./dist/<cluster>/<layer>/…`; that of the whole cluster brings the others. */
function layerOf(object: KubernetesObject): string {
  const layer = /^(?:\.\/)?dist\/[^/]+\/([^/]+)/.exec(text(object, "spec", "path") ?? "")?.[1];
  return layer === undefined || layer === "reconciler" ? "bootstrap" : layer;
}

/** `main@sha1:<commit>` becomes the commit's first digits. */
function shortRevision(revision: string): string {
  const commit = /sha\d+:([0-9a-f]{8})/.exec(revision)?.[1];
  return commit ?? revision;
}

interface State {
  readonly sync: Sync;
  readonly health: Health;
  readonly says?: string;
}

function stateOf(object: KubernetesObject): State {
  const condition = (type: string) =>
    list(object, "status", "conditions").find((each) => text(each, "type") === type);
  const ready = condition("Ready");
  const reason = text(ready, "reason") ?? "";
  const message = (text(ready, "message") ?? "").trim();
  if (field(object, "spec", "suspend") === true) {
    return { sync: "unknown", health: "suspended", says: "suspended: changes in git are not taken up" };
  }
  const isSeen =
    (number(object, "status", "observedGeneration") ?? -1) >= (number(object.metadata, "generation") ?? 0);
  if (text(ready, "status") === "True" && isSeen) return { sync: "synced", health: "healthy" };
  if (reason === dependencyNotReady) return { sync: "waiting", health: "progressing", says: message };
  if (text(condition("Stalled"), "status") === "True") {
    return { sync: "out-of-sync", health: "degraded", says: message };
  }
  const isAtWork = !isSeen || text(ready, "status") !== "False" || working.has(reason);
  if (!isAtWork) return { sync: "out-of-sync", health: "degraded", says: `${reason}: ${message}` };
  return {
    sync: ready === undefined ? "unknown" : "syncing",
    health: "progressing",
    ...(message !== "" && { says: message }),
  };
}
