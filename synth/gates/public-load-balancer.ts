import type { DistObject } from "../changes/dist-object.ts";
import type { DistTree } from "../changes/dist-tree.ts";
import { stringMap, strings, text } from "../objects/json-fields.ts";
import { isWithin } from "./address-range.ts";
import { gateProblem } from "./gate.ts";
import type { Gate } from "./gate.ts";

const alb = "alb.ingress.kubernetes.io";
const service = "service.beta.kubernetes.io";

/**
 * No load balancer comes to face the internet, and none that does lets in more of it. Of a cluster that is new as a
 * whole its definition says what faces the internet.
 */
export const publicLoadBalancer: Gate = {
  id: "public-load-balancer",
  *run({ base, changes }) {
    for (const { kind, before, after, place } of changes.objects) {
      if (kind !== "/Service" && kind !== "networking.k8s.io/Ingress") continue;
      if (base.pathsOf(place.cluster).length === 0) continue;
      const sources = after === undefined ? undefined : publicSources(after);
      if (after === undefined || sources === undefined) continue;
      const former = before === undefined ? undefined : publicSources(before);
      const group = former ?? sourcesOfGroup(base, place.cluster, after);
      if (group !== undefined && sources.every((source) => group.some((old) => isWithin(source, old))))
        continue;
      yield gateProblem(
        publicLoadBalancer.id,
        after,
        group === undefined
          ? `it gets a load balancer that faces the internet, for ${sources.join(", ")}`
          : `its load balancer faces the internet, and takes ${sources.join(", ")} instead of ${group.join(", ")}`,
        "make it internal, or keep to the addresses that may come; a waiver says who wants it public",
      );
    }
  },
};

const anywhere = ["0.0.0.0/0"];

/** Who may come from outside; undefined for what is internal, or no load balancer. */
function publicSources({ object }: DistObject): readonly string[] | undefined {
  const annotations = stringMap(object, "metadata", "annotations");
  if (object.kind === "Ingress") {
    if (annotations[`${alb}/scheme`] !== "internet-facing") return undefined;
    return split(annotations[`${alb}/inbound-cidrs`]) ?? anywhere;
  }
  if (text(object, "spec", "type") !== "LoadBalancer") return undefined;
  const isInternal =
    annotations[`${service}/aws-load-balancer-internal`] === "true" ||
    // What the AWS Load Balancer Controller makes is internal unless it is told otherwise; that of the cloud provider is not.
    (annotations[`${service}/aws-load-balancer-type`] === "external"
      ? annotations[`${service}/aws-load-balancer-scheme`] !== "internet-facing"
      : annotations[`${service}/aws-load-balancer-scheme`] === "internal");
  if (isInternal) return undefined;
  const ranges = strings(object, "spec", "loadBalancerSourceRanges");
  return ranges.length > 0 ? ranges : anywhere;
}

function split(cidrs: string | undefined): readonly string[] | undefined {
  const parts = cidrs?.split(",").map((cidr) => cidr.trim());
  return parts?.filter((cidr) => cidr !== "");
}

/** Who may come already to the load balancer that an Ingress joins; undefined where it has its own. */
function sourcesOfGroup(
  base: DistTree,
  cluster: string,
  { object }: DistObject,
): readonly string[] | undefined {
  const group = stringMap(object, "metadata", "annotations")[`${alb}/group.name`];
  if (group === undefined) return undefined;
  return base
    .objects(cluster, "networking.k8s.io/Ingress")
    .filter((other) => stringMap(other.object, "metadata", "annotations")[`${alb}/group.name`] === group)
    .map(publicSources)
    .find((sources) => sources !== undefined);
}
