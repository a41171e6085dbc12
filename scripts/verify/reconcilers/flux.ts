import { list, number, stringMap, text } from "../../../synth/objects/json-fields.ts";
import { groupOf } from "../../../synth/objects/group-kind.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { sliceApplied } from "../dist/steps.ts";
import type { ReconcilerView } from "./reconciler-view.ts";

const isKustomization = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === "Kustomization" && groupOf(apiVersion) === "kustomize.toolkit.fluxcd.io";
const isRelease = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === "HelmRelease" && groupOf(apiVersion) === "helm.toolkit.fluxcd.io";
const isOfFlux = ({ apiVersion }: KubernetesObject): boolean =>
  groupOf(apiVersion).endsWith(".toolkit.fluxcd.io");

/** Reasons with which Flux says that it is at work, or waits for what it was told to wait for. */
const patient: ReadonlySet<string> = new Set([
  "Progressing",
  "ProgressingWithRetry",
  "DependencyNotReady",
  // It was asked to look again.
  "HealthCheckCanceled",
  "ArtifactNotFound",
  "NoSourceArtifact",
  "SourceNotReady",
  "HelmChartNotReady",
]);

/** Flux, by the conditions of its Kustomizations, HelmReleases and sources. */
export const fluxView: ReconcilerView = {
  kind: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization", namespace: "flux-system" },
  fix: "npm run slipway -- explain <its file in dist> names the definition to change; then npm run synth",
  slices(manifests) {
    const kustomizations = manifests.map(({ object }) => object).filter(isKustomization);
    const sliceNamed = new Map(kustomizations.map((object) => [object.metadata.name, sliceApplied(object)]));
    const before = new Map<string, readonly string[]>();
    for (const object of kustomizations) {
      const slice = sliceApplied(object);
      if (slice === undefined) continue;
      const needed = list(object, "spec", "dependsOn")
        .flatMap((dependency) => sliceNamed.get(text(dependency, "name") ?? "") ?? [])
        .filter((other) => other !== slice);
      before.set(slice, [...(before.get(slice) ?? []), ...needed]);
    }
    return before;
  },
  appliedBy: (object) => kustomizationOf(object) ?? releaseOf(object),
  troubleOf(object) {
    if (!isOfFlux(object)) return undefined;
    const ready = readyOf(object);
    const reason = text(ready, "reason") ?? "";
    if (ready === undefined || text(ready, "status") !== "False" || patient.has(reason)) return undefined;
    // The source is applied together with what reads it.
    if (text(ready, "message")?.startsWith("Source artifact not found") === true) return undefined;
    const message = `${reason}: ${text(ready, "message") ?? ""}`;
    return { name: object.metadata.name, object: objectName(object), message };
  },
  waiting(objects, manifests, commit) {
    const all = [...objects];
    const wanted = manifests
      .map(({ object }) => object)
      .filter((object) => isKustomization(object) || isRelease(object));
    const names = new Set(wanted.map(objectName));
    const live = new Map(
      all
        .filter((object) => isKustomization(object) || isRelease(object))
        .map((object) => [objectName(object), object]),
    );
    const left = [...live.keys()].filter((name) => !names.has(name)).map((name) => `${name}: not yet gone`);
    return [
      ...left,
      ...wanted.flatMap((object) => unsettled(objectName(object), live.get(objectName(object)), commit)),
    ];
  },
  keeps: (object) => object.metadata.annotations?.["kustomize.toolkit.fluxcd.io/prune"] === "disabled",
};

function kustomizationOf({ metadata }: KubernetesObject): string | undefined {
  return stringMap(metadata, "labels")["kustomize.toolkit.fluxcd.io/name"];
}

function releaseOf({ metadata }: KubernetesObject): string | undefined {
  return stringMap(metadata, "labels")["helm.toolkit.fluxcd.io/name"];
}

function readyOf(object: KubernetesObject): unknown {
  return list(object, "status", "conditions").find((condition) => text(condition, "type") === "Ready");
}

function unsettled(name: string, object: KubernetesObject | undefined, commit: string): readonly string[] {
  if (object === undefined) return [`${name}: not yet there`];
  const ready = readyOf(object);
  const generation = number(object.metadata, "generation") ?? 0;
  const isSeen = (number(object, "status", "observedGeneration") ?? -1) >= generation;
  const isOld =
    isKustomization(object) && text(object, "status", "lastAppliedRevision")?.endsWith(commit) !== true;
  if (text(ready, "status") === "True" && isSeen && !isOld) return [];
  const says = `${text(ready, "reason") ?? "not yet looked at"}${isOld ? ", not at this commit" : ""}`;
  return [`${name}: ${says}${text(ready, "status") === "True" ? "" : `: ${text(ready, "message") ?? ""}`}`];
}
