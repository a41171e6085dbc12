import { podsOf } from "../changes/cluster-pods.ts";
import type { ObjectChange } from "../changes/object-change.ts";
import type { PodTemplate } from "../checks/workloads.ts";
import { workloadText } from "../checks/workloads.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { peersOf, peerText, wasReached } from "./reach.ts";
import type { Direction, Peer } from "./reach.ts";

/**
 * No pod that was closed is opened: to everybody, to addresses, to every namespace, or on every port where it was on
 * some. A flow between two components by their names is what policies are for, and stands in the diff.
 */
export const networkOpened: Gate = {
  id: "network-opened",
  *run({ base, head, changes }) {
    const clusters = new Set(changes.objects.filter(concerns).map(({ place }) => place.cluster));
    for (const cluster of clusters) {
      const [old, now] = [base, head].map((tree) => tree.objects(cluster, "networking.k8s.io/NetworkPolicy"));
      const known = new Map(podsOf(base, cluster).templates.map((template) => [keyOf(template), template]));
      for (const template of podsOf(head, cluster).templates) {
        const former = known.get(keyOf(template));
        if (former === undefined) continue;
        for (const direction of ["ingress", "egress"] as const) {
          const before = peersOf(former, old ?? [], direction);
          const opened = peersOf(template, now ?? [], direction).filter((peer) => isOpened(before, peer));
          if (opened.length === 0) continue;
          yield gateProblem(
            networkOpened.id,
            { ...template.source, path: "", cluster, folder: "" },
            `${workloadText(template)} ${directionText[direction]} ${opened.map(peerText).join("; ")}, ${before.length === 0 ? "before: nobody" : `before: ${before.map(peerText).join("; ")}`}`,
            "name the component it talks to in flows(…), with its port",
          );
        }
      }
    }
  },
};

const directionText: Readonly<Record<Direction, string>> = {
  ingress: "can be reached by",
  egress: "can reach",
};

function concerns({ kind, fields }: ObjectChange): boolean {
  if (kind === "networking.k8s.io/NetworkPolicy") return true;
  return fields.some(({ path }) => path.includes("template") && path.includes("labels"));
}

/** A Job that runs again has another name. */
function keyOf({ kind, namespace, name }: PodTemplate): string {
  return `${kind} ${namespace}/${name.replace(/-[0-9a-f]{10}$/, "")}`;
}

function isOpened(before: readonly Peer[], peer: Peer): boolean {
  if (wasReached(before, peer)) return false;
  if (peer.kind !== "some") return true;
  return peer.ports === undefined && before.some((old) => old.name === peer.name);
}
