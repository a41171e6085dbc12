import { clusterPath } from "../model/paths.ts";
import type { Gate } from "./gate.ts";

/**
 * Largest share of a cluster's objects that a change may take away. An app of ours is a third of its cluster and more,
 * an add-on 3%, and the largest reorganisation that was meant, of all accounts of a cluster, was 26%. A mistake that takes a
 * folder or a whole tree takes more (argo-cd#7412 tells of 90%). What holds data is asked about one by one.
 */
const pruneBudget = 0.3;

/** Below this many, a share says nothing: of a small cluster every add-on is a large part. */
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
