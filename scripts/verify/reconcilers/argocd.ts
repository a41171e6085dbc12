import { field, list, number, stringMap, strings, text } from "../../../synth/objects/json-fields.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { ReconcilerView, Trouble } from "./reconciler-view.ts";

const waveAnnotation = "argocd.argoproj.io/sync-wave";
const isApplication = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === "Application" && apiVersion.startsWith("argoproj.io/");

/** Argo CD, by the status of its Applications. */
export const argocdView: ReconcilerView = {
  kind: { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd" },
  fix: "npm run slipway -- explain <its file in dist> names the definition to change; then npm run synth",
  slices(manifests) {
    const applications = manifests
      .filter(({ folder }) => folder === "reconciler")
      .map(({ object }) => object)
      .filter(isApplication);
    const namesBelow = (wave: number) =>
      applications.filter((other) => waveOf(other) < wave).map(({ metadata }) => metadata.name);
    return new Map(applications.map((object) => [object.metadata.name, namesBelow(waveOf(object))]));
  },
  appliedBy: trackedBy,
  troubleOf(object) {
    if (!isApplication(object)) return undefined;
    const message = [...operationTrouble(object), ...conditionTrouble(object)].join("; ");
    return message === "" ? undefined : trouble(object, message);
  },
  waiting(objects, manifests, commit) {
    const live = new Map([...objects].filter(isApplication).map((object) => [object.metadata.name, object]));
    const wanted = manifests
      .filter(({ object }) => isApplication(object))
      .map(({ object }) => object.metadata.name);
    const left = [...live.keys()]
      .filter((name) => !wanted.includes(name))
      .map((name) => `${name}: not yet gone`);
    return [...left, ...wanted.flatMap((name) => unsettled(name, live.get(name), commit))];
  },
  keeps: (object) =>
    (object.metadata.annotations?.["argocd.argoproj.io/sync-options"] ?? "")
      .split(",")
      .includes("Prune=false"),
};

/** `<application>:<group>/<kind>:<namespace>/<name>`; a copy of an object names another one, and is nobody's. */
function trackedBy(object: KubernetesObject): string | undefined {
  const id = object.metadata.annotations?.["argocd.argoproj.io/tracking-id"];
  if (id === undefined) return undefined;
  const [application, kind, name] = id.split(":");
  const isItself =
    kind?.endsWith(`/${object.kind}`) === true && name?.slice(name.indexOf("/") + 1) === object.metadata.name;
  return isItself ? application : undefined;
}

function waveOf(object: KubernetesObject): number {
  return Number(stringMap(object.metadata, "annotations")[waveAnnotation] ?? 0);
}

function unsettled(name: string, object: KubernetesObject | undefined, commit: string): readonly string[] {
  if (object === undefined) return [`${name}: not yet there`];
  const sync = text(object, "status", "sync", "status") ?? "Unknown";
  const health = text(object, "status", "health", "status") ?? "Unknown";
  const revisions = [
    text(object, "status", "sync", "revision") ?? "",
    ...strings(object, "status", "sync", "revisions"),
  ];
  const sources = [field(object, "spec", "source"), ...list(object, "spec", "sources")];
  const fromGit = sources.some((source) => text(source, "path") !== undefined);
  const operation = text(object, "status", "operationState", "phase");
  const isRunning = operation === "Running" || field(object, "operation") !== undefined;
  const isOld = fromGit && !revisions.includes(commit);
  if (sync === "Synced" && health === "Healthy" && !isOld && !isRunning) return [];
  return [`${name}: ${sync}, ${health}${isOld ? ", not at this commit" : ""}${isRunning ? ", syncing" : ""}`];
}

function operationTrouble(object: KubernetesObject): readonly string[] {
  const operation = field(object, "status", "operationState");
  const phase = text(operation, "phase") ?? "";
  const retries = number(operation, "retryCount") ?? 0;
  if (phase !== "Failed" && phase !== "Error" && retries === 0) return [];
  const refused = list(operation, "syncResult", "resources").flatMap((resource) => {
    const status = text(resource, "status") ?? "";
    const hook = text(resource, "hookPhase") ?? "";
    const bad = ["SyncFailed", "PruneFailed"].includes(status) || ["Failed", "Error"].includes(hook);
    const place = [text(resource, "kind"), text(resource, "namespace"), text(resource, "name")];
    return bad ? [`${place.filter((part) => part).join("/")}: ${text(resource, "message") ?? ""}`] : [];
  });
  const tries = retries === 0 ? [] : [`tried ${retries + 1} times`];
  return [text(operation, "message") ?? phase, ...refused, ...tries];
}

function conditionTrouble(object: KubernetesObject): readonly string[] {
  return list(object, "status", "conditions").flatMap((condition) => {
    const type = text(condition, "type") ?? "";
    return type.endsWith("Error") ? [`${type}: ${text(condition, "message") ?? ""}`] : [];
  });
}

function trouble(object: KubernetesObject, message: string): Trouble {
  return { name: object.metadata.name, object: objectName(object), message };
}
