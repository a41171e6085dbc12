import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import { hostsOf, isRouting, routingKinds } from "./claimed-hosts.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

interface Claim {
  readonly host: string;
  readonly route: DistObject;
}

/**
 * No new host is somebody else's already, in any cluster: two load balancers would fight for its record. Within one
 * slice several Ingresses or routes may share a host; one path twice is a check's to refuse.
 */
export const hostClaimed: Gate = {
  id: "host-claimed",
  *run({ base, head, changes }) {
    if (!changes.objects.some(({ kind }) => isRouting(kind))) return;
    const known = new Set(claimsIn(base).map(keyOf));
    const claims = claimsIn(head);
    for (const claim of claims.filter((each) => !known.has(keyOf(each)))) {
      const other = claims.find(
        (candidate) => isOther(candidate, claim) && overlap(candidate.host, claim.host),
      );
      if (other === undefined) continue;
      const at = other.route.cluster === claim.route.cluster ? "" : ` on ${other.route.cluster}`;
      yield gateProblem(
        hostClaimed.id,
        claim.route,
        `it claims ${claim.host}, and ${objectName(other.route.object)}${at} claims ${other.host}`,
        "give one of them another host",
      );
    }
  },
};

function claimsIn(tree: DistTree): readonly Claim[] {
  return tree
    .clusters()
    .flatMap((cluster) =>
      tree
        .objects(cluster, ...routingKinds)
        .flatMap((route) => hostsOf(route.object).map((host): Claim => ({ host, route }))),
    );
}

/** What is renamed, or moves within its slice, claims nothing new. */
function keyOf({ host, route }: Claim): string {
  return `${route.cluster} ${route.owner} ${host}`;
}

function isOther(a: Claim, b: Claim): boolean {
  return a.route.cluster !== b.route.cluster || a.route.owner !== b.route.owner;
}

/** `*.example.com` takes `shop.example.com`, and nothing deeper. */
function overlap(a: string, b: string): boolean {
  return a === b || matches(a, b) || matches(b, a);
}

function matches(wildcard: string, host: string): boolean {
  return wildcard.startsWith("*.") && host.slice(host.indexOf(".")) === wildcard.slice(1);
}
