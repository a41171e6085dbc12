import { list, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { referenceOf } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

/** A name that nothing answers to (RFC 6761), as a load balancer's name would look. */
function addressOf({ metadata: { name, namespace } }: KubernetesObject): string {
  return `${name}.${namespace ?? "default"}.load-balancer.invalid`;
}

async function giveAddress(object: KubernetesObject, { client, note }: StandInContext) {
  note(object);
  if (list(object, "status", "loadBalancer", "ingress").length > 0) return;
  const ingress = [{ hostname: addressOf(object) }];
  await client.mergePatch(referenceOf(object), { status: { loadBalancer: { ingress } } }, "status");
}

/** Who answers on the cluster's edge: an Ingress of a class that exists, and a Service of type LoadBalancer. */
export const edge: readonly StandIn[] = [
  {
    standsInFor: "the ingress controller: addresses of Ingresses, behind which nothing listens",
    watches: { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
    reconcile: async (object, context) => {
      const name = text(object, "spec", "ingressClassName");
      const kind = { apiVersion: "networking.k8s.io/v1", kind: "IngressClass" };
      // An Ingress of a class that nobody brings is left alone by every controller.
      if (name === undefined || (await context.client.get({ ...kind, name })) === undefined) return 1000;
      await giveAddress(object, context);
      return undefined;
    },
  },
  {
    standsInFor: "the cloud's load balancers: addresses of Services",
    watches: { apiVersion: "v1", kind: "Service" },
    reconcile: async (object, context) => {
      if (text(object, "spec", "type") === "LoadBalancer") await giveAddress(object, context);
      return undefined;
    },
  },
];
