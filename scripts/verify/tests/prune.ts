import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "../../../synth/model/problem.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { stateOf } from "../diagnosis.ts";
import { clusterManifests } from "../dist/manifests.ts";
import { patienceFor } from "../limits.ts";
import { keyOf } from "../object-key.ts";
import type { ObjectKey } from "../object-key.ts";
import { settle } from "../settle.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { complain, counted, skip } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { removals, renderedFiles, without } from "./prune-candidates.ts";
import type { Removal } from "./prune-candidates.ts";

/** Seconds after which nothing else may have gone either: a prune too many would follow at once. */
const graceSeconds = 2;

/** 3: an add-on and an app leave dist; their objects go, except what a policy keeps, and nothing else does. */
export async function prune(site: Site): Promise<Outcome> {
  const { fleet, cluster, inputs, files, view } = site;
  const gone = removals(fleet, cluster, inputs);
  const smaller = without(fleet, cluster, gone);
  const rendered = renderedFiles(smaller.fleet, smaller.cluster, inputs);
  if (gone.length === 0 || rendered === undefined) {
    return skip(`${cluster.name} has no add-on that nothing else needs, and no app`);
  }
  const before = [...site.recorder.live()];
  const commit = await site.publish(rendered, `Without ${gone.map(({ slice }) => slice).join(" and ")}`);
  const settled = await settle(site, { files: rendered, commit, test: "prune" });
  const expected = expectations(site, before, rendered, gone);
  await site.recorder.until(
    () => (expected.go.some((key) => site.recorder.get(key) !== undefined) ? undefined : true),
    patienceFor("prune"),
  );
  await sleep(graceSeconds * 1000);
  const problems = [...settled.problems, ...(await wrong(site, expected))];
  const again = await site.publish(files, "With everything again");
  const restored = await settle(site, { files, commit: again, test: "prune" });
  const names = gone.map(({ what, slice }) => `${what} ${slice}`).join(" and ");
  return {
    summary: `${counted(expected.go.length, "object")} of ${names} went, ${expected.kept.length} stayed, nothing else changed`,
    notes: expected.kept.map(
      (object) =>
        `${objectName(object)} stays ${view.keeps(object) ? "as its policy says" : "with what is kept"}`,
    ),
    problems: [...problems, ...restored.problems],
  };
}

interface Expectations {
  readonly go: readonly ObjectKey[];
  /** Of what left dist: kept by policy. */
  readonly kept: readonly KubernetesObject[];
  /** Of everything else that dist brings about. */
  readonly stay: readonly KubernetesObject[];
}

function expectations(
  site: Site,
  before: readonly KubernetesObject[],
  rendered: ReadonlyMap<string, string>,
  gone: readonly Removal[],
): Expectations {
  const { view } = site;
  const left = new Set(
    clusterManifests(rendered, site.cluster.name).manifests.map(({ object }) => keyOf(object)),
  );
  const named = manifestsOf(site)
    .manifests.map(({ object }) => keyOf(object))
    .filter((key) => !left.has(key));
  const leaving = new Set(named);
  const slices = new Set(gone.map(({ slice }) => slice));
  const ofChart = before.filter((object) => {
    const unit = view.appliedBy(object);
    return unit !== undefined && slices.has(unit) && !left.has(keyOf(object));
  });
  for (const object of ofChart) leaving.add(keyOf(object));
  const live = new Map(before.map((object) => [keyOf(object), object]));
  const known = [...leaving].flatMap((key) => live.get(key) ?? []);
  return {
    go: known.filter((object) => !view.keeps(object)).map(keyOf),
    kept: known.filter((object) => view.keeps(object)),
    stay: before.filter(
      (object) =>
        left.has(keyOf(object)) || (view.appliedBy(object) !== undefined && !leaving.has(keyOf(object))),
    ),
  };
}

async function wrong(site: Site, { go, kept, stay }: Expectations): Promise<readonly Problem[]> {
  const { recorder, client } = site;
  const definitionOf = definitionsOf(site, manifestsOf(site));
  const problem = (object: KubernetesObject, what: string, fix: string): Problem =>
    complain("prune", site, { object, definition: definitionOf(object), what, fix });
  const remaining = go.flatMap((key) => recorder.get(key) ?? []);
  const left = await Promise.all(
    remaining.map(async (object) =>
      problem(
        object,
        `dist no longer has it, and it is still there: ${await stateOf(client, object)}`,
        "see whether a finalizer holds it, or its project or account may not delete it; what shall stay needs a kind that is protected",
      ),
    ),
  );
  const lost = [...kept, ...stay].flatMap((object) => {
    const now = recorder.get(keyOf(object));
    if (now !== undefined && now.metadata["uid"] === object.metadata["uid"]) return [];
    const policy = kept.includes(object) ? "its policy keeps it" : "it is part of something else";
    const what = `${policy}, and it was ${now === undefined ? "deleted" : "made anew"} when something else was taken out`;
    return [
      problem(object, what, "see who deleted it: two owners of one object, or a protection that is missing"),
    ];
  });
  return [...left, ...lost];
}
