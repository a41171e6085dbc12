import { objectName } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import { portsBehind } from "./backends.ts";
import type { RunningPod } from "./backends.ts";
import { routeFor } from "./routes.ts";
import type { Route } from "./routes.ts";
import type { Target } from "./server.ts";

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
export function targetFor(behind: Behind, host: string, path: string, turn: number): Target {
  const [, name, namespace] = serviceHost.exec(host.toLowerCase()) ?? [];
  if (name !== undefined && namespace !== undefined) {
    return targetOfService(behind, { namespace, service: name }, turn);
  }
  const route = routeFor(behind.routes, host, path);
  if (route !== undefined) return targetOfService(behind, route, turn);
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
): Target {
  const object = services.get(serviceName(namespace, service));
  if (object === undefined) return { status: 503, why: `there is no Service ${service} in ${namespace}` };
  const ports = portsBehind(object, port, pods);
  const chosen = ports[turn % Math.max(1, ports.length)];
  if (chosen !== undefined) return { port: chosen };
  return { status: 503, why: `no pod of Service ${service} in ${namespace} runs on this machine` };
}

function serviceName(namespace: string, name: string): string {
  return objectName({ apiVersion: "v1", kind: "Service", metadata: { name, namespace } });
}
