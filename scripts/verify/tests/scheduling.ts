import type { Problem } from "../../../synth/model/problem.ts";
import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { patienceFor } from "../limits.ts";
import { definitionsOf, manifestsOf } from "../site.ts";
import type { Site } from "../site.ts";
import { atMost } from "./at-most.ts";
import { complain, counted } from "./outcome.ts";
import type { Outcome } from "./outcome.ts";
import { byUid, rootOwner } from "./owners.ts";
import { forbiddingTaints, pods, wantedLabels } from "./pods.ts";

/** 7: every pod runs on nodes meant for it, and so do all pods when every autoscaler is at its most. */
export async function scheduling(site: Site): Promise<Outcome> {
  const { recorder } = site;
  const all = () => pods(recorder.live());
  await recorder.until(
    () => (all().every(({ node }) => node !== undefined) ? true : undefined),
    patienceFor("schedule"),
  );
  const placed = all();
  const problems = placed.flatMap(({ object, node, reason }) =>
    node === undefined
      ? [
          misplaced(
            site,
            object,
            `it finds no node: ${reason ?? "the scheduler says nothing of it"}`,
            "lower its requests, or change its node group's instances, min or taints",
          ),
        ]
      : wrongNode(site, object, node),
  );
  const most = await atMost(site);
  return {
    summary: `${counted(placed.length, "pod")} on the nodes meant for them; ${most.summary}`,
    problems: [...problems, ...most.problems],
  };
}

function wrongNode(site: Site, pod: KubernetesObject, name: string): readonly Problem[] {
  const node = site.recorder.get(`/Node ${name}`);
  if (node === undefined)
    return [misplaced(site, pod, `its node ${name} is gone`, "see why the node was removed")];
  const labels = node.metadata.labels ?? {};
  const missing = Object.entries(wantedLabels(pod)).filter(([key, value]) => labels[key] !== value);
  const taints = forbiddingTaints(pod, node);
  return [
    ...missing.map(([key, value]) =>
      misplaced(
        site,
        pod,
        `it runs on ${name}, which is not ${key}=${value}`,
        "see who moved it: the scheduler would not have",
      ),
    ),
    // A DaemonSet's pods tolerate what theirs do; kwok's own taint is of the simulation.
    ...taints
      .filter((taint) => !taint.startsWith("kwok.x-k8s.io/"))
      .map((taint) =>
        misplaced(
          site,
          pod,
          `it runs on ${name}, whose taint ${taint} it does not tolerate`,
          "give its component that node group, or see who moved it",
        ),
      ),
  ];
}

function misplaced(site: Site, pod: KubernetesObject, what: string, fix: string): Problem {
  const definitionOf = definitionsOf(site, manifestsOf(site));
  const object = rootOwner(pod, byUid(site.recorder.live()));
  return complain("scheduling", site, {
    object,
    definition: definitionOf(object),
    what: object === pod ? what : `its pod ${objectName(pod)}: ${what}`,
    fix,
  });
}
