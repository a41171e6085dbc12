import type { Problem } from "../../../synth/model/problem.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { text } from "../../../synth/objects/json-fields.ts";
import { patienceFor } from "../limits.ts";
import { keyOf, referenceOf } from "../object-key.ts";
import type { ObjectKey } from "../object-key.ts";
import { compareSnapshots, snapshot } from "../record/snapshot.ts";
import type { Snapshot } from "../record/snapshot.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { deletable, editOf } from "./drift-edits.ts";
import { complain, counted } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

interface Drift {
  readonly object: KubernetesObject;
  readonly how: string;
  readonly isBack: (now: KubernetesObject | undefined) => boolean;
}

/** 2: in every slice, an object that is deleted and one that is edited by hand come back as they were. */
export async function drift(site: Site): Promise<Outcome> {
  const { recorder } = site;
  const slices = objectsBySlice(site);
  const before = snapshot([...slices.values()].flat());
  const drifted: Drift[] = [];
  const spared: string[] = [];
  const own = reconcilersOwn(site);
  for (const [slice, objects] of slices) {
    // Without its settings the reconciler would restore nothing, itself least of all.
    const harmless = own.has(slice) ? objects.filter(({ kind }) => kind !== "ConfigMap") : objects;
    const made = await disturb(site, harmless, before);
    drifted.push(...made);
    if (made.length === 0) spared.push(slice);
  }
  await site.refresh();
  const isGone = ({ object, isBack }: Drift) => !isBack(recorder.get(keyOf(object)));
  const limit = patienceFor("drift");
  await recorder.until(() => (drifted.some(isGone) ? undefined : true), limit);
  const definitionOf = definitionsOf(site, manifestsOf(site));
  return {
    summary: `${counted(drifted.length, "object")} of ${counted(slices.size - spared.length, "slice")} deleted or edited, all as before`,
    notes: spared.map((slice) => `${slice} holds nothing that can be deleted or edited without harm`),
    problems: drifted.filter(isGone).map(({ object, how }): Problem =>
      complain("drift", site, {
        object,
        definition: definitionOf(object),
        what: `it was ${how} and is not back as it was after ${limit()} s`,
        fix: "see that its Application has selfHeal, or its Kustomization is not suspended, and that its project or account may write it",
      }),
    ),
  };
}

/** Slices that were there before dist was: a person installs them with the values in the bootstrap folder. */
function reconcilersOwn(site: Site): ReadonlySet<string> {
  return new Set(
    [...manifestsOf(site).values.keys()].map((path) =>
      path.slice(path.lastIndexOf("/") + 1, -".yaml".length),
    ),
  );
}

/** Live objects of each slice: those of its folder, or those of its chart where it has no folder. */
function objectsBySlice(site: Site): ReadonlyMap<string, readonly KubernetesObject[]> {
  const { recorder, view } = site;
  const { manifests } = manifestsOf(site);
  const slices = new Map<string, KubernetesObject[]>();
  const add = (slice: string, object: KubernetesObject | undefined): void => {
    if (object !== undefined) slices.set(slice, [...(slices.get(slice) ?? []), object]);
  };
  for (const { slice, object } of manifests) if (slice !== undefined) add(slice, recorder.get(keyOf(object)));
  const own = new Set(slices.keys());
  const delivered = view.slices(manifests);
  for (const object of recorder.live()) {
    const unit = view.appliedBy(object);
    if (unit !== undefined && delivered.has(unit) && !own.has(unit)) add(unit, object);
  }
  return slices;
}

/** Deletes one object and edits another, and says when each is back. */
async function disturb(
  { client, view }: Site,
  objects: readonly KubernetesObject[],
  before: Snapshot,
): Promise<readonly Drift[]> {
  const candidates = objects.filter((object) => !view.keeps(object));
  const [victim] = deletable(candidates);
  const edited = candidates.find((object) => object !== victim && editOf(object) !== undefined);
  const made: Drift[] = [];
  if (victim !== undefined) {
    const uid = text(victim.metadata, "uid");
    await client.delete(referenceOf(victim));
    made.push({
      object: victim,
      how: "deleted",
      isBack: (now) => now !== undefined && text(now.metadata, "uid") !== uid && isAsBefore(before, now),
    });
  }
  const edit = edited && editOf(edited);
  if (edited !== undefined && edit !== undefined) {
    const after = await client.mergePatch(referenceOf(edited), edit.patch);
    const version = text(after.metadata, "resourceVersion");
    made.push({
      object: edited,
      how: `edited by hand (${edit.path})`,
      // What was recorded before the edit is as it was, too.
      isBack: (now) => now !== undefined && isLater(now, version) && isAsBefore(before, now),
    });
  }
  return made;
}

function isLater(object: KubernetesObject, version: string | undefined): boolean {
  return BigInt(text(object.metadata, "resourceVersion") ?? "0") > BigInt(version ?? "0");
}

function isAsBefore(before: Snapshot, now: KubernetesObject): boolean {
  const key: ObjectKey = keyOf(now);
  const old = before.get(key);
  if (old === undefined) return false;
  return compareSnapshots(new Map([[key, old]]), snapshot([now])).changed.length === 0;
}
