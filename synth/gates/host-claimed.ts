import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import { list, text } from "../objects/json-fields.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

interface Claim {
  readonly host: string;
  readonly ingress: DistObject;
}

/**
 * No new host is somebody else's already, in any cluster: two load balancers would fight for its record. Within one
 * slice several Ingresses may share a host; one path twice is a check's to refuse.
 */
export const hostClaimed: Gate = {
  id: "host-claimed",
  *run({ base, head, changes }) {
    if (!changes.objects.some(({ kind }) => kind === "networking.k8s.io/Ingress")) return;
    const known = new Set(claimsIn(base).map(keyOf));
    const claims = claimsIn(head);
    for (const claim of claims.filter((each) => !known.has(keyOf(each)))) {
      const other = claims.find(
        (candidate) => isOther(candidate, claim) && overlap(candidate.host, claim.host),
      );
      if (other === undefined) continue;
      const at = other.ingress.cluster === claim.ingress.cluster ? "" : ` on ${other.ingress.cluster}`;
      yield gateProblem(
        hostClaimed.id,
        claim.ingress,
        `it claims ${claim.host}, and ${objectName(other.ingress.object)}${at} claims ${other.host}`,
        "give one of them another host",
      );
    }
  },
};

function claimsIn(tree: DistTree): readonly Claim[] {
  return tree.clusters().flatMap((cluster) =>
    tree.objects(cluster, "networking.k8s.io/Ingress").flatMap((ingress) => {
      const hosts = list(ingress.object, "spec", "rules").flatMap((rule) => text(rule, "host") ?? []);
      return [...new Set(hosts)].map((host): Claim => ({ host, ingress }));
    }),
  );
}

/** An Ingress that is renamed, or moves within its slice, claims nothing new. */
function keyOf({ host, ingress }: Claim): string {
  return `${ingress.cluster} ${ingress.owner} ${host}`;
}

function isOther(a: Claim, b: Claim): boolean {
  return a.ingress.cluster !== b.ingress.cluster || a.ingress.owner !== b.ingress.owner;
}

/** `*.example.com` takes `shop.example.com`, and nothing deeper. */
function overlap(a: string, b: string): boolean {
  return a === b || matches(a, b) || matches(b, a);
}

function matches(wildcard: string, host: string): boolean {
  return wildcard.startsWith("*.") && host.slice(host.indexOf(".")) === wildcard.slice(1);
}
