import type { Problem } from "../../../synth/model/problem.ts";
import { groupKindOf } from "../../../synth/objects/group-kind.ts";
import type { GroupKind } from "../../../synth/objects/group-kind.ts";
import { number, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { clusterManifests } from "../dist/manifests.ts";
import { keyOf } from "../object-key.ts";
import type { ObjectKey } from "../object-key.ts";
import { settle } from "../settle.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { complain, counted } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";

/** Kinds that must still be the same ones afterwards: with another one, the data is another, too. */
const lasting: ReadonlySet<GroupKind> = new Set([
  "/PersistentVolumeClaim",
  "/PersistentVolume",
  "/Namespace",
  "apps/StatefulSet",
  "apiextensions.k8s.io/CustomResourceDefinition",
]);

/** Kinds whose pods serve all the time. */
const serving: ReadonlySet<GroupKind> = new Set([
  "apps/Deployment",
  "apps/StatefulSet",
  "argoproj.io/Rollout",
]);

/** 4: from the base revision, which runs, to the one under test. */
export async function upgrade(site: Site, base: ReadonlyMap<string, string>): Promise<Outcome> {
  const { files, recorder, cluster } = site;
  const before = new Map([...recorder.live()].map((object) => [keyOf(object), object]));
  const troubles = recorder.troubles.length;
  const lowest = watchReplicas(site, before);
  const commit = await site.publish(files, "The revision under test");
  const settled = await settle(site, { files, commit, test: "upgrade" });
  lowest.stop();
  const wanted = new Set(manifestsOf(site).manifests.map(({ object }) => keyOf(object)));
  const definitionOf = definitionsOf(site, manifestsOf(site), clusterManifests(base, cluster.name));
  const problem = (object: KubernetesObject, what: string, fix: string): Problem =>
    complain("upgrade", site, { object, definition: definitionOf(object), what, fix });
  const refused = recorder.troubles.slice(troubles).map(({ object: name, name: slice, message }): Problem => {
    const teller = [...recorder.live()].find(({ metadata }) => metadata.name === slice);
    return {
      rule: "live-upgrade",
      at: {
        definition: teller === undefined ? "dist" : definitionOf(teller),
        cluster: cluster.name,
        object: name,
      },
      what: `it did not succeed at the first try: ${message}`,
      fix: /immutable|may not change|updates to .* are forbidden/.test(message)
        ? "keep the field as the base has it, or give the object another name and plan how its data moves"
        : site.view.fix,
    };
  });
  const anew = [...before].flatMap(([key, object]) => {
    const now = recorder.history.all.get(key);
    const isKept = lasting.has(groupKindOf(object)) && (wanted.has(key) || isVolume(object));
    if (!isKept || (now?.uids.length === 1 && now.deletedAt === undefined)) return [];
    return [
      problem(
        object,
        "it was deleted or made anew on the way",
        "keep its name and its immutable fields as the base has them",
      ),
    ];
  });
  return {
    summary: `${counted(lowest.watched, "workload")} of several replicas stayed up, ${counted(before.size, "object")} taken over, no volume made anew`,
    problems: [
      ...settled.problems,
      ...(settled.problems.length > 0 ? [] : refused),
      ...anew,
      ...lowest
        .down()
        .map(({ object, least, wanted: replicas }) =>
          problem(
            object,
            `of ${replicas} replicas only ${least} ${least === 1 ? "was" : "were"} available on the way`,
            "give it a rolling update whose maxUnavailable leaves replicas up, and a readiness probe",
          ),
        ),
    ],
  };
}

function isVolume(object: KubernetesObject): boolean {
  return object.kind === "PersistentVolumeClaim" || object.kind === "PersistentVolume";
}

interface Lowest {
  readonly object: KubernetesObject;
  readonly wanted: number;
  least: number;
}

/** Follows how many replicas of each workload that has several are available, from now until it is stopped. */
function watchReplicas({ recorder }: Site, before: ReadonlyMap<ObjectKey, KubernetesObject>) {
  const lowest = new Map<ObjectKey, Lowest>();
  for (const [key, object] of before) {
    const replicas = number(object, "spec", "replicas") ?? 1;
    if (!serving.has(groupKindOf(object)) || replicas < 2) continue;
    lowest.set(key, { object, wanted: replicas, least: replicas });
  }
  const stop = recorder.onChange((object) => {
    const entry = lowest.get(keyOf(object));
    // One that is taken out on purpose is not down.
    if (entry === undefined || text(object.metadata, "deletionTimestamp") !== undefined) return;
    entry.least = Math.min(entry.least, number(object, "status", "availableReplicas") ?? 0);
  });
  return {
    watched: lowest.size,
    stop,
    /** Those that fell below half of their replicas, or to none. */
    down: () =>
      [...lowest.values()].filter(({ least, wanted }) => least === 0 || least < Math.floor(wanted / 2)),
  };
}
