import { field, list, stringMap, strings, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import type { Listed } from "./inventory.ts";
import type { Health, Part, Sync } from "./model.ts";
import type { PartState } from "./part-state.ts";

/** An Application, which tells its health itself. */
export function applicationPart(object: KubernetesObject): PartState {
  const { name, namespace = "" } = object.metadata;
  const error = errorOf(object);
  const note = noteOf(object);
  const revision = revisionOf(object);
  const part: Omit<Part, "objects"> = {
    id: `Application ${namespace}/${name}`,
    kind: "Application",
    name,
    layer: stringMap(object.metadata, "labels")["slipway.dev/layer"] ?? layerOf(object),
    sync: syncOf(object),
    health: healthNamed(text(object, "status", "health", "status")),
    ...(error !== undefined && { error }),
    ...(note !== undefined && { note }),
    ...(revision !== "" && { revision }),
  };
  return { part, listed: listedBy(object), tellsHealth: true };
}

/** The first folder below the cluster's; the Application that brings all others has none. */
function layerOf(object: KubernetesObject): string {
  const path = text(object, "spec", "source", "path") ?? "";
  const layer = path.replace(/^\.?\/?dist\/[^/]+\/?/, "").split("/")[0];
  return layer === undefined || layer === "" || layer === "reconciler" ? "bootstrap" : layer;
}

/** One for each source, where there are several. */
function revisionOf(object: KubernetesObject): string {
  const sync = field(object, "status", "sync");
  return [text(sync, "revision") ?? "", ...strings(sync, "revisions")].map(shortened).join(" ").trim();
}

/** A commit is told by its first digits; a chart's version is short. */
function shortened(revision: string): string {
  return /^[0-9a-f]{40,}$/.test(revision) ? revision.slice(0, 8) : revision;
}

function syncOf(object: KubernetesObject): Sync {
  if (text(object, "status", "operationState", "phase") === "Running") return "syncing";
  switch (text(object, "status", "sync", "status")) {
    case "Synced":
      return "synced";
    case "OutOfSync":
      return "out-of-sync";
    default:
      return "unknown";
  }
}

function healthNamed(name: string | undefined): Health {
  switch (name) {
    case "Healthy":
      return "healthy";
    case "Progressing":
      return "progressing";
    case "Degraded":
      return "degraded";
    case "Suspended":
      return "suspended";
    case "Missing":
      return "missing";
    default:
      return "unknown";
  }
}

/** Conditions that are errors, and an operation that failed or is being tried again. */
function errorOf(object: KubernetesObject): string | undefined {
  const conditions = list(object, "status", "conditions").flatMap((condition) =>
    (text(condition, "type") ?? "").endsWith("Error") ? (text(condition, "message") ?? []) : [],
  );
  const operation = field(object, "status", "operationState");
  const phase = text(operation, "phase");
  const failed = phase === "Failed" || phase === "Error" || field(operation, "retryCount") !== undefined;
  const refused = list(operation, "syncResult", "resources").flatMap((resource) =>
    text(resource, "status") === "SyncFailed"
      ? [`${text(resource, "kind")} ${text(resource, "name")}: ${text(resource, "message")}`]
      : [],
  );
  const said = failed ? [text(operation, "message") ?? "its last sync failed", ...refused] : [];
  const all = [...new Set([...conditions, ...said])].join("\n");
  return all === "" ? undefined : all;
}

function noteOf(object: KubernetesObject): string | undefined {
  if (text(object, "status", "operationState", "phase") !== "Running") {
    return text(object, "status", "health", "message");
  }
  return text(object, "status", "operationState", "message");
}

function listedBy(object: KubernetesObject): readonly Listed[] {
  return list(object, "status", "resources").map((resource): Listed => {
    const status = text(resource, "status");
    return {
      group: text(resource, "group") ?? "",
      version: text(resource, "version") ?? "",
      kind: text(resource, "kind") ?? "",
      namespace: text(resource, "namespace") ?? "",
      name: text(resource, "name") ?? "",
      ...(status === "Synced" && { sync: "synced" }),
      ...(status === "OutOfSync" && { sync: "out-of-sync" }),
    };
  });
}
