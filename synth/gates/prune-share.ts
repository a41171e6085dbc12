import { clusterPath } from "../model/paths.ts";
import type { Gate } from "./gate.ts";

/**
 * Largest share of a cluster's objects that a change may take away: an add-on of ours is 3%, an app a third. A mistake
 * that takes a folder, a cluster's list of add-ons or a whole tree takes more (argo-cd#7412 tells of 90%).
 */
export const pruneBudget = 0.1;

/** Below this many, a share says nothing: of a small cluster every add-on is a tenth. */
const fewest = 10;

/** A change takes away no more of a cluster than people do on purpose. */
export const pruneShare: Gate = {
  id: "prune-share",
  *run({ base, changes }) {
    const removed = Map.groupBy(
      changes.objects.filter(({ operation }) => operation === "removed"),
      ({ place }) => place.cluster,
    );
    for (const [cluster, { length }] of removed) {
      const all = base.pathsOf(cluster).length;
      if (length < fewest || length / all <= pruneBudget) continue;
      yield {
        rule: pruneShare.id,
        at: { definition: clusterPath(cluster), cluster, object: `Cluster/${cluster}` },
        what: `${length} of its ${all} objects go, ${Math.round((100 * length) / all)}%, more than the ${100 * pruneBudget}% that pass unasked`,
        fix: "look whether all of them are meant to go; take them away in smaller steps, or waive it",
      };
    }
  },
};
