import type { RenderedObject } from "../render/render.ts";
import { objectName } from "../objects/kubernetes-object.ts";
import { list, text } from "../objects/json-fields.ts";
import { objectProblem } from "./check.ts";
import type { Check } from "./check.ts";
import { indexOf } from "./index-objects.ts";

/** One address has one Ingress. */
export const hostConflict: Check = {
  id: "host-conflict",
  *run(input) {
    const taken = new Map<string, RenderedObject>();
    for (const ingress of indexOf(input).all("networking.k8s.io/Ingress")) {
      for (const [position, rule] of list(ingress.object, "spec", "rules").entries()) {
        for (const [part, entry] of list(rule, "http", "paths").entries()) {
          const host = text(rule, "host") ?? `any host of ${loadBalancer(ingress)}`;
          const path = text(entry, "path") ?? "/";
          const key = `${host} ${path} ${text(entry, "pathType") ?? ""}`;
          const other = taken.get(key);
          taken.set(key, other ?? ingress);
          if (other === undefined) continue;
          yield objectProblem(
            hostConflict.id,
            input,
            ingress,
            other === ingress
              ? `it routes ${host}${path} twice`
              : `it claims ${host}${path}, which ${objectName(other.object)} (${other.definition}) claims too`,
            "give one of them another host, or another path",
            `spec.rules[${position}].http.paths[${part}]`,
          );
        }
      }
    }
  },
};

/** Without a host an Ingress takes what reaches its own load balancer; those of one group share theirs. */
function loadBalancer({ object }: RenderedObject): string {
  const { annotations = {} } = object.metadata;
  if (!Object.keys(annotations).some((key) => key.startsWith("alb.ingress.kubernetes.io/")))
    return "the cluster";
  return annotations["alb.ingress.kubernetes.io/group.name"] ?? objectName(object);
}
