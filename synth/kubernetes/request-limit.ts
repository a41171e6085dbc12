import { list, text } from "../objects/json-fields.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";

/** By which an Ingress tells the web ACL in front of its load balancer how many requests a minute one client may make. */
export const limitAnnotation = "slipway.dev/requests-per-minute";

export interface RequestLimit {
  readonly host: string;
  readonly requestsPerMinute: number;
}

/** What the Ingresses among these objects limit. */
export function requestLimits(objects: readonly KubernetesObject[]): readonly RequestLimit[] {
  return objects.flatMap((object) => {
    const limit = object.metadata.annotations?.[limitAnnotation];
    if (object.kind !== "Ingress" || limit === undefined) return [];
    return list(object, "spec", "rules").flatMap((rule) => {
      const host = text(rule, "host");
      return host === undefined ? [] : [{ host, requestsPerMinute: Number(limit) }];
    });
  });
}
