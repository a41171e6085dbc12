import { objectName } from "../../synth/objects/kubernetes-object.ts";
import type { KindReference, KubernetesClient } from "../kubernetes/client.ts";
import { ingressUrl } from "../kind/ingress.ts";
import { ingressPortsIn } from "../kind/state.ts";
import { hostAddresses, localUrl } from "./address-lines.ts";
import type { Address } from "./address-lines.ts";
import { portsToTry } from "./ingress/port.ts";
import { routesOf } from "./ingress/routes.ts";
import { serveIngress } from "./ingress/server.ts";
import { answers, targetFor } from "./ingress/target.ts";
import type { Behind } from "./ingress/target.ts";
import { liveObjects } from "./live-objects.ts";
import { localFolder } from "./session.ts";
import { Workloads } from "./workloads/workloads.ts";

/** How a cluster's hosts are reached from this machine. */
export interface Edge {
  /** Those of hosts behind which something runs at the moment. */
  readonly addresses: () => Promise<readonly Address[]>;
  readonly stop: () => Promise<void>;
}

export interface EdgeOptions {
  readonly client: KubernetesClient;
  /** State of the cluster. */
  readonly folder: string;
  /** Port of the ingress. Default: 8080, or the next that is free. */
  readonly port?: number;
  readonly say: (line: string) => void;
}

const service: KindReference = { apiVersion: "v1", kind: "Service" };
const routers: readonly KindReference[] = [
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "traefik.io/v1alpha1", kind: "IngressRoute" },
];

/** Milliseconds that pods may take to run as processes, on a machine that does much else. */
const longestStart = 30_000;

/** Simulated nodes run nothing: here are an ingress and the pods behind it, as processes of this machine. */
export async function embeddedEdge({ client, folder, port, say }: EdgeOptions): Promise<Edge> {
  const ending = new AbortController();
  const live = (kind: KindReference) => liveObjects(client, kind, ending.signal, () => undefined);
  const [routing, services] = [routers.map(live), live(service)];
  let running: Workloads | undefined;
  const behind = (): Behind => ({
    routes: routing.flatMap((objects) => [...objects.values()]).flatMap(routesOf),
    services,
    pods: running?.pods() ?? [],
  });
  let turn = 0;
  const ingress = await serveIngress((asked) => targetFor(behind(), asked, turn++), portsToTry(port)).catch(
    (error: unknown) => {
      ending.abort();
      throw error;
    },
  );
  const workloads = new Workloads({ client, folder: localFolder(folder), say });
  running = workloads;
  return {
    addresses: async () => {
      await workloads.caughtUp(longestStart);
      const now = await listed(client);
      const answering = now.routes.filter((route) => answers({ ...now, pods: workloads.pods() }, route));
      return [
        ...hostAddresses(answering, (host) => localUrl(host, ingress.port)),
        {
          url: localUrl("<service>.<namespace>.svc.localhost", ingress.port),
          what: "any other Service of an app",
        },
      ];
    },
    stop: async () => {
      ending.abort();
      await ingress.close();
      await workloads.stop();
    },
  };
}

/** What the API server has, which watches that have just begun may not have told yet. */
async function listed(client: KubernetesClient): Promise<Omit<Behind, "pods">> {
  const [services, ...routing] = await Promise.all([service, ...routers].map((kind) => client.list(kind)));
  return {
    routes: routing.flat().flatMap(routesOf),
    services: new Map((services ?? []).map((object) => [objectName(object), object])),
  };
}

/** Traefik runs in the cluster, and kind has opened its ports on this machine. */
export function kindEdge({ client, folder }: EdgeOptions): Edge {
  return {
    addresses: async () => {
      const ports = ingressPortsIn(folder);
      if (ports === undefined) return [];
      const { routes } = await listed(client);
      return hostAddresses(routes, (host) => ingressUrl(host, ports));
    },
    stop: () => Promise.resolve(),
  };
}
