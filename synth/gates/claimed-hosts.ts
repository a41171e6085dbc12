import { groupKindOf } from "../objects/group-kind.ts";
import type { GroupKind } from "../objects/group-kind.ts";
import { list, strings, text } from "../objects/json-fields.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";

/**
 * The hosts that an object routes, for each kind that does. A Gateway is none of them: it only says which hosts routes
 * may claim. Expressions over hosts (Traefik's HostRegexp) are nobody's to compare.
 */
const hostsByKind: ReadonlyMap<GroupKind, (object: KubernetesObject) => readonly string[]> = new Map([
  ["networking.k8s.io/Ingress", inRules],
  ["traefik.io/IngressRoute", inMatches],
  ["traefik.io/IngressRouteTCP", inMatches],
  ["gateway.networking.k8s.io/HTTPRoute", inHostnames],
  ["gateway.networking.k8s.io/GRPCRoute", inHostnames],
  ["gateway.networking.k8s.io/TLSRoute", inHostnames],
]);

/** Kinds that route hosts. */
export const routingKinds: readonly GroupKind[] = [...hostsByKind.keys()];

export function isRouting(kind: GroupKind): boolean {
  return hostsByKind.has(kind);
}

/** Each host once; none for an object of another kind. */
export function hostsOf(object: KubernetesObject): readonly string[] {
  return [...new Set(hostsByKind.get(groupKindOf(object))?.(object))];
}

function inRules(object: KubernetesObject): readonly string[] {
  return list(object, "spec", "rules").flatMap((rule) => text(rule, "host") ?? []);
}

/** ``Host(`a.example.com`) || Host(`b.example.com`) && PathPrefix(`/c`)``; Traefik 2 took several in one. */
function inMatches(object: KubernetesObject): readonly string[] {
  return list(object, "spec", "routes").flatMap((route) =>
    [...(text(route, "match") ?? "").matchAll(/\bHost(?:SNI)?\(([^)]*)\)/g)].flatMap(([, names = ""]) =>
      [...names.matchAll(/[`"']([^`"'*]+)[`"']/g)].map(([, host = ""]) => host),
    ),
  );
}

function inHostnames(object: KubernetesObject): readonly string[] {
  return strings(object, "spec", "hostnames");
}
