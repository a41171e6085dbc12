import { field, list, number, text } from "../../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { rulesOf } from "./ingress-route.ts";
import type { Rule } from "./ingress-route.ts";

/** Requests, and the Service that they are for. */
export interface Route extends Rule {
  readonly namespace: string;
  readonly service: string;
  /** Name or number of the Service's port. */
  readonly port: string | number;
}

/** Routes of an Ingress, or of an IngressRoute of Traefik's; none of any other object. */
export function routesOf(object: KubernetesObject): readonly Route[] {
  return object.kind === "IngressRoute" ? routesOfTraefik(object) : routesOfIngress(object);
}

function routesOfIngress(object: KubernetesObject): readonly Route[] {
  const { namespace = "default" } = object.metadata;
  return list(object, "spec", "rules").flatMap((rule) =>
    list(rule, "http", "paths").flatMap((entry): readonly Route[] => {
      const backend = field(entry, "backend", "service");
      const service = text(backend, "name");
      const port = text(backend, "port", "name") ?? number(backend, "port", "number");
      if (service === undefined || port === undefined) return [];
      return [
        {
          host: text(rule, "host") ?? "",
          path: text(entry, "path") ?? "/",
          match: text(entry, "pathType") === "Exact" ? "exact" : "prefix",
          namespace,
          service,
          port,
        },
      ];
    }),
  );
}

function routesOfTraefik(object: KubernetesObject): readonly Route[] {
  const { namespace = "default" } = object.metadata;
  return list(object, "spec", "routes").flatMap((route) =>
    list(route, "services").flatMap((entry): readonly Route[] => {
      const service = text(entry, "name");
      const port = text(entry, "port") ?? number(entry, "port");
      // What another kind of Traefik's stands behind has no pods of its own.
      if (service === undefined || port === undefined || (text(entry, "kind") ?? "Service") !== "Service") {
        return [];
      }
      return rulesOf(text(route, "match") ?? "").map((rule) => ({
        ...rule,
        namespace: text(entry, "namespace") ?? namespace,
        service,
        port,
      }));
    }),
  );
}

/** Ends a name that browsers take for this machine. */
const onThisMachine = ".localhost";

/**
 * The route that a request takes: that of its own host before a wildcard's, and of the longest path that is or begins
 * its own. A host that has no route goes by its name before `.localhost`.
 *
 * @param host without port
 */
export function routeFor(routes: readonly Route[], host: string, path: string): Route | undefined {
  const name = host.toLowerCase();
  const found = hostedBy(routes, name);
  const here =
    found.length === 0 && name.endsWith(onThisMachine)
      ? hostedBy(routes, name.slice(0, -onThisMachine.length))
      : found;
  return here
    .filter((route) => covers(route, path))
    .toSorted((a, b) => b.path.length - a.path.length || rank(a) - rank(b))[0];
}

function hostedBy(routes: readonly Route[], name: string): readonly Route[] {
  const wildcard = `*${name.slice(name.indexOf("."))}`;
  const candidates = [name, wildcard, ""].map((host) =>
    routes.filter((route) => route.host.toLowerCase() === host),
  );
  return candidates.find((found) => found.length > 0) ?? [];
}

/** By whole segments: `/api` covers `/api/runs` and not `/apiary` (Ingress, path types). */
function covers({ path, match }: Route, asked: string): boolean {
  if (match === "exact") return asked === path;
  const prefix = path.replace(/\/+$/, "");
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

function rank({ match }: Route): number {
  return match === "exact" ? 0 : 1;
}
