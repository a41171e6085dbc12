import type { Problem } from "../../../synth/model/problem.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import { clusterManifests } from "../dist/manifests.ts";
import type { ObjectKey } from "../object-key.ts";
import { compareSnapshots, snapshot } from "../record/snapshot.ts";
import type { Snapshot } from "../record/snapshot.ts";
import { settle } from "../settle.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { complain, counted } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

/** What dist brings about, as it is now. */
export function managed({ recorder, view }: Site): Snapshot {
  return snapshot([...recorder.live()].filter((object) => view.appliedBy(object) !== undefined));
}

/** 5: back at the base revision, everything is as it was before the upgrade, compared object by object. */
export async function rollback(
  site: Site,
  base: ReadonlyMap<string, string>,
  before: Snapshot,
): Promise<Outcome> {
  const { view, cluster } = site;
  const commit = await site.publish(base, "Back to the base revision");
  const settled = await settle(site, { files: base, commit, test: "rollback" });
  if (settled.problems.length > 0) return { summary: "", problems: settled.problems };
  const after = managed(site);
  const { missing, added, changed } = compareSnapshots(before, after);
  const definitionOf = definitionsOf(site, clusterManifests(base, cluster.name), manifestsOf(site));
  const problem = (where: Snapshot, key: ObjectKey, what: string, fix: string): readonly Problem[] => {
    const found = where.get(key);
    if (found === undefined) return [];
    return [
      complain("rollback", site, { object: found.object, definition: definitionOf(found.object), what, fix }),
    ];
  };
  const stayed = added.flatMap((key) => after.get(key) ?? []).filter(({ object }) => view.keeps(object));
  const keptKeys = new Set(
    added.filter((key) => stayed.some(({ object }) => after.get(key)?.object === object)),
  );
  return {
    summary: `${counted(before.size, "object")} as they were before the upgrade`,
    notes: stayed.map(
      ({ object }) => `${objectName(object)} came with the upgrade and stays, as its policy says`,
    ),
    problems: [
      ...missing.flatMap((key) =>
        problem(
          before,
          key,
          "it was there before the upgrade, and is not there after going back",
          "see why its reconciler does not make it again",
        ),
      ),
      ...added
        .filter((key) => !keptKeys.has(key))
        .flatMap((key) =>
          problem(
            after,
            key,
            "it came with the upgrade, and is still there after going back",
            "see whether a finalizer holds it, or two slices own it",
          ),
        ),
      ...changed.flatMap(({ key, paths }) =>
        problem(
          after,
          key,
          `after going back it differs from before in ${paths.slice(0, 5).join(", ")}`,
          "set the field in the definition, or see which controller changed it",
        ),
      ),
    ],
  };
}
