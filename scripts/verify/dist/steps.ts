import { distRoot } from "../../../synth/model/paths.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import { keyOf } from "../object-key.ts";
import type { Unit } from "../reconcilers/reconciler-view.ts";
import type { Manifest } from "./manifests.ts";

/** Number of the stage that a file is part of; 1 for a slice that is all one. */
function stageOf({ path, slice }: Manifest): number {
  const [, , , folder = ""] = path.split("/");
  return slice === undefined ? 1 : Number(/^(\d+)-/.exec(folder)?.[1] ?? 1);
}

function nameOf(slice: string, stage: number): string {
  return stage === 1 ? slice : `${slice} stage ${stage}`;
}

/**
 * Stages of slices with what has to be done before each: the slices that the reconciler's objects name, and the stages
 * before it, as the folders of dist number them, whatever the reconciler was told of them.
 */
export function steps(
  manifests: readonly Manifest[],
  before: ReadonlyMap<string, readonly string[]>,
): readonly Unit[] {
  const stages = new Map<string, Set<number>>([...before.keys()].map((slice) => [slice, new Set([1])]));
  for (const manifest of manifests) {
    if (manifest.slice !== undefined) stages.get(manifest.slice)?.add(stageOf(manifest));
  }
  const namesOf = (slice: string): readonly string[] =>
    [...(stages.get(slice) ?? [])].toSorted().map((stage) => nameOf(slice, stage));
  return [...stages.keys()].flatMap((slice) =>
    namesOf(slice).map((name, index, all): Unit => ({
      name,
      dependsOn: [...(before.get(slice) ?? []).flatMap(namesOf), ...all.slice(0, index)],
    })),
  );
}

/** Tells the step of an object: by its file in dist, else by who applied it, which is a slice's chart in its first stage. */
export function stepOf(
  manifests: readonly Manifest[],
  appliedBy: (object: KubernetesObject) => string | undefined,
): (object: KubernetesObject) => string | undefined {
  const byKey = new Map(
    manifests.map((manifest) => [
      keyOf(manifest.object),
      manifest.slice === undefined ? undefined : nameOf(manifest.slice, stageOf(manifest)),
    ]),
  );
  return (object) => (byKey.has(keyOf(object)) ? byKey.get(keyOf(object)) : appliedBy(object));
}

/** The slice whose folder, or whose stage's folder, a Kustomization or an Application applies; undefined for others. */
export function sliceApplied(object: KubernetesObject): string | undefined {
  const path = text(object, "spec", "path") ?? text(object, "spec", "source", "path") ?? "";
  const [, , folder = "", slice] = path.replace(/^\.\//, "").replace(`${distRoot}/`, "dist/").split("/");
  return ["bootstrap", "reconciler", "access"].includes(folder) ? undefined : slice;
}
