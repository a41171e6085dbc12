import type { KubernetesClient } from "../kubernetes/client.ts";
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

const routers = [
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "traefik.io/v1alpha1", kind: "IngressRoute" },
] as const;

/** Simulated nodes run nothing: here are an ingress and the pods behind it, as processes of this machine. */
export async function embeddedEdge({ client, folder, port, say }: EdgeOptions): Promise<Edge> {
  const ending = new AbortController();
  const live = (kind: { readonly apiVersion: string; readonly kind: string }) =>
    liveObjects(client, kind, ending.signal, () => undefined);
  const services = live({ apiVersion: "v1", kind: "Service" });
  const routing = routers.map(live);
  let workloads: Workloads | undefined;
  const behind = (): Behind => ({
    routes: routing.flatMap((objects) => [...objects.values()]).flatMap(routesOf),
    services,
    pods: workloads?.pods() ?? [],
  });
  let turn = 0;
  try {
    const ingress = await serveIngress(
      (host, path) => targetFor(behind(), host, path, turn++),
      portsToTry(port),
    );
    const running = new Workloads({ client, folder: localFolder(folder), say });
    workloads = running;
    return {
      addresses: () => {
        const now = behind();
        const answering = now.routes.filter((route) => answers(now, route));
        return Promise.resolve(hostAddresses(answering, (host) => localUrl(host, ingress.port)));
      },
      stop: async () => {
        ending.abort();
        await ingress.close();
        await running.stop();
      },
    };
  } catch (error) {
    ending.abort();
    throw error;
  }
}

/** Traefik runs in the cluster, and kind has opened its ports on this machine. */
export function kindEdge({ client, folder }: EdgeOptions): Edge {
  return {
    addresses: async () => {
      const ports = ingressPortsIn(folder);
      if (ports === undefined) return [];
      const objects = await Promise.all(routers.map((kind) => client.list(kind)));
      return hostAddresses(objects.flat().flatMap(routesOf), (host) => ingressUrl(host, ports));
    },
    stop: () => Promise.resolve(),
  };
}

/** What `up` itself runs, apart from what keeps the cluster. */
export function localFolder(folder: string): string {
  return `${folder}/local`;
}
