import type { Problem } from "../../synth/model/problem.ts";
import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { complaining, isWaitedFor } from "./complaints.ts";
import { stateWithin } from "./diagnosis.ts";
import { clusterManifests } from "./dist/manifests.ts";
import { patienceFor, secondsFor } from "./limits.ts";
import { isReady } from "./record/readiness.ts";
import { definitionsOf, manifestsOf } from "./site.ts";
import type { Site } from "./site.ts";
import type { TestName } from "./model.ts";

export interface Settled {
  readonly seconds: number;
  /** Empty if the cluster is what the files say. */
  readonly problems: readonly Problem[];
}

interface Wanted {
  readonly files: ReadonlyMap<string, string>;
  readonly commit: string;
  readonly test: TestName;
  /**
   * Whether a complaint may last as long as the time allows: one of what was there before, which the reconciler takes
   * back when it tries again. Default: false.
   */
  readonly afterTrouble?: true;
}

/** Waits until every part of dist is as this commit has it, or says what is in the way. */
export async function settle(site: Site, { files, commit, test, afterTrouble }: Wanted): Promise<Settled> {
  const { recorder, view, cluster } = site;
  // A reconciler may pass over a file that it cannot read, and take what was in it for gone.
  const { manifests, problems: unreadable } = clusterManifests(files, cluster.name);
  const started = Date.now();
  const complaints = new Map<string, number>();
  const outcome = await recorder.until((): "settled" | "stuck" | undefined => {
    const waiting = view.waiting(recorder.live(), manifests, commit);
    if (waiting.length === 0) return "settled";
    return afterTrouble !== true &&
      lasting(complaints, complaining(recorder.live(), view, waiting, manifests))
      ? "stuck"
      : undefined;
  }, patienceFor("settle"));
  const seconds = (Date.now() - started) / 1000;
  if (outcome === "settled") return { seconds, problems: unreadable };
  return { seconds, problems: await obstacles(site, { files, commit, test }, seconds) };
}

/** Whether one of those that complain has done so for longer than its limit. */
function lasting(since: Map<string, number>, current: ReadonlySet<string>): boolean {
  const now = Date.now();
  const patience = secondsFor("complaint") * 1000;
  for (const name of since.keys()) if (!current.has(name)) since.delete(name);
  for (const name of current) if (!since.has(name)) since.set(name, now);
  return [...since.values()].some((first) => now - first > patience);
}

/** What keeps the cluster from being what dist says: complaints first, then what is not ready, then what only waits. */
async function obstacles(
  site: Site,
  { files, commit, test }: Wanted,
  seconds: number,
): Promise<readonly Problem[]> {
  const { recorder, view, cluster, client } = site;
  const wanted = clusterManifests(files, cluster.name);
  const definitionOf = definitionsOf(site, wanted, manifestsOf(site));
  const waiting = view.waiting(recorder.live(), wanted.manifests, commit);
  const problem = (object: KubernetesObject, what: string, fix: string): Problem => ({
    rule: `live-${test}`,
    at: { definition: definitionOf(object), cluster: cluster.name, object: objectName(object) },
    what,
    fix,
  });
  const live = [...recorder.live()];
  const told = live.flatMap((object) => {
    const trouble = view.troubleOf(object);
    const counts = trouble !== undefined && isWaitedFor(trouble, waiting);
    return counts ? [problem(object, `it does not come about: ${trouble.message}`, view.fix)] : [];
  });
  const unready = await Promise.all(
    live
      .filter((object) => view.appliedBy(object) !== undefined && isReady(object) === false)
      .map(async (object) =>
        problem(
          object,
          `it is not ready after ${seconds.toFixed(0)} s: ${await stateWithin(client, object, live)}`,
          view.fix,
        ),
      ),
  );
  if (told.length + unready.length > 0) return [...wanted.problems, ...told, ...unready];
  return [
    ...wanted.problems,
    {
      rule: `live-${test}`,
      at: { definition: wanted.manifests[0]?.definition ?? "dist", cluster: cluster.name },
      what: `after ${seconds.toFixed(0)} s it still waits for ${waiting.slice(0, 8).join("; ")}${waiting.length > 8 ? `, and ${waiting.length - 8} more` : ""}`,
      fix: view.fix,
    },
  ];
}
