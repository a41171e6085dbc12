import { list, text } from "../objects/json-fields.ts";
import type { RenderedObject } from "../render/render.ts";
import type { Capabilities } from "../model/capability.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";

/** An app is reached through the cluster's ingress, on the cluster's terms. */
export const appExposure: Check = {
  id: "app-exposure",
  *run(input) {
    for (const { slice, objects } of input.slices) {
      if (slice.kind !== "placement") continue;
      for (const rendered of objects) {
        const found =
          rendered.object.kind === "Service"
            ? serviceExposure(rendered)
            : ingressExposure(rendered, slice.frozen !== undefined, input.cluster.capabilities);
        if (found !== undefined) yield objectProblem(appExposure.id, input, rendered, found.what, found.fix);
      }
    }
  },
};

interface Exposure {
  readonly what: string;
  readonly fix: string;
}

function serviceExposure({ object }: RenderedObject): Exposure | undefined {
  const type = text(object, "spec", "type") ?? "ClusterIP";
  if (type !== "ClusterIP") {
    return {
      what: `a Service of type ${type} opens a way of its own, past the ingress and its policies`,
      fix: "leave it a ClusterIP, and route to it with httpIngress(…)",
    };
  }
  if (list(object, "spec", "externalIPs").length === 0) return undefined;
  return { what: "externalIPs take over addresses of others", fix: "route to it with httpIngress(…)" };
}

function ingressExposure(
  { object }: RenderedObject,
  isFrozen: boolean,
  { ingress }: Partial<Capabilities>,
): Exposure | undefined {
  if (object.kind !== "Ingress" || ingress?.controller !== "alb") return undefined;
  const annotations = object.metadata.annotations ?? {};
  const given = {
    scheme: annotations["alb.ingress.kubernetes.io/scheme"],
    "certificate-arn": annotations["alb.ingress.kubernetes.io/certificate-arn"],
  };
  const wanted = { scheme: ingress.scheme, "certificate-arn": ingress.certificateArn };
  for (const key of ["scheme", "certificate-arn"] as const) {
    if (given[key] === undefined || given[key] === wanted[key]) continue;
    // "release-facts" tells how it gets the cluster's present one.
    if (isFrozen && key === "certificate-arn" && wanted[key] !== undefined) continue;
    return {
      what: `its ${key} is ${given[key]}, and the cluster's is ${wanted[key]}`,
      fix: "make it with httpIngress(…), which takes the cluster's",
    };
  }
  return undefined;
}
