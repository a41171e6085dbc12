import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { podsBehind } from "./backends.ts";
import type { RunningPod } from "./backends.ts";
import { routeFor } from "./routes.ts";
import type { Route } from "./routes.ts";
import type { Asked, Target } from "./server.ts";
import { cookieIn, stickyCookie } from "./sticky.ts";

/** What stands behind hosts, at the moment of a request. */
export interface Behind {
  readonly routes: readonly Route[];
  /** By `Service/<namespace>/<name>`. */
  readonly services: ReadonlyMap<string, KubernetesObject>;
  readonly pods: readonly RunningPod[];
}

/** `<service>.<namespace>.svc.localhost`: any Service, as `kubectl port-forward` would reach it. */
const serviceHost = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.localhost$/;

/** Where a request goes. @param turn counts requests, which the pods of a Service take in turn */
export function targetFor(behind: Behind, { host, path, cookie }: Asked, turn: number): Target {
  const [, name, namespace] = serviceHost.exec(host.toLowerCase()) ?? [];
  if (name !== undefined && namespace !== undefined) {
    return targetOfService(behind, { namespace, service: name }, turn, cookie);
  }
  const route = routeFor(behind.routes, host, path);
  if (route !== undefined) return targetOfService(behind, route, turn, cookie);
  const hosts = [...new Set(behind.routes.map((each) => each.host).filter((each) => each !== ""))].toSorted();
  return {
    status: 404,
    why: `nothing of the cluster answers for ${host}${path}; its hosts are ${hosts.join(", ")}`,
  };
}

/** Whether something runs behind a route. */
export function answers(behind: Behind, route: Route): boolean {
  return "port" in targetOfService(behind, route, 0);
}

function targetOfService(
  { services, pods }: Behind,
  { namespace, service, port }: Pick<Route, "namespace" | "service"> & Partial<Pick<Route, "port">>,
  turn: number,
  cookie?: string,
): Target {
  const object = services.get(serviceName(namespace, service));
  if (object === undefined) return { status: 503, why: `there is no Service ${service} in ${namespace}` };
  const found = podsBehind(object, port, pods);
  const sticky = stickyCookie(object);
  const kept = sticky && found.find(({ place }) => place === cookieIn(cookie, sticky.name));
  if (kept !== undefined) return { port: kept.local };
  const chosen = found[turn % Math.max(1, found.length)];
  if (chosen !== undefined) {
    const setCookie = sticky && `${sticky.name}=${chosen.place}; ${sticky.attributes}`;
    return { port: chosen.local, ...(setCookie !== undefined && { setCookie }) };
  }
  return { status: 503, why: `no pod of Service ${service} in ${namespace} runs on this machine` };
}

function serviceName(namespace: string, name: string): string {
  return objectName({ apiVersion: "v1", kind: "Service", metadata: { name, namespace } });
}
