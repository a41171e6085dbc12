import type { Replicas, Resources } from "#synth";
import { customMetrics } from "./metrics.ts";

/** Pods of one kind, and what each asks for. */
interface Server {
  readonly replicas: Replicas;
  readonly resources: Resources;
}

/** A database's pod and its volume. Its memory is request and limit, so that it is never evicted for it. */
export interface Store {
  /** CPU request as a quantity; there is no limit, so it bursts. */
  readonly cpu: string;
  readonly memoryMiB: number;
  readonly volumeGiB: number;
}

export interface Size {
  readonly neo4j: { readonly core: Store; readonly replica: Store };
  readonly redis: Store;
  readonly haproxy: Server;
  readonly websocket: Server;
  readonly navigator: Server;
  readonly calls: Server;
}

/** The document's figure as request and limit of memory, and as request of CPU. */
const server = (cpu: string, memory: string): Resources => ({
  cpu: { request: cpu },
  memory: { request: memory, limit: memory },
});

const { websocketConnections, geminiRequests, httpRequests } = customMetrics;

export const sizes = {
  /** Everything on one node, for development: autoscalers as in production, between one pod and two. */
  singleNode: {
    neo4j: {
      core: { cpu: "500m", memoryMiB: 3072, volumeGiB: 20 },
      replica: { cpu: "250m", memoryMiB: 2048, volumeGiB: 20 },
    },
    redis: { cpu: "100m", memoryMiB: 512, volumeGiB: 5 },
    haproxy: { replicas: 1, resources: server("100m", "256Mi") },
    websocket: {
      replicas: { min: 1, max: 2, cpu: 70, memory: 80, metrics: [{ ...websocketConnections, mean: 5 }] },
      resources: server("200m", "384Mi"),
    },
    navigator: {
      replicas: { min: 1, max: 2, cpu: 75, memory: 80, metrics: [{ ...geminiRequests, mean: 100 }] },
      resources: server("200m", "512Mi"),
    },
    calls: {
      replicas: { min: 1, max: 2, cpu: 70, memory: 75, metrics: [{ ...httpRequests, mean: 50 }] },
      resources: server("100m", "256Mi"),
    },
  },
  /** The document's own figures, for staging and production. */
  document: {
    neo4j: {
      core: { cpu: "4", memoryMiB: 16384, volumeGiB: 100 },
      replica: { cpu: "2", memoryMiB: 8192, volumeGiB: 50 },
    },
    redis: { cpu: "2", memoryMiB: 4096, volumeGiB: 20 },
    haproxy: { replicas: { min: 2, max: 3, cpu: 70 }, resources: server("1", "2Gi") },
    websocket: {
      replicas: {
        min: 2,
        max: 20,
        cpu: 70,
        memory: 80,
        metrics: [{ ...websocketConnections, mean: 5 }],
        scaleUpAfterSeconds: 30,
        scaleDownAfterSeconds: 300,
      },
      resources: server("1", "2Gi"),
    },
    navigator: {
      replicas: { min: 2, max: 10, cpu: 75, memory: 80, metrics: [{ ...geminiRequests, mean: 100 }] },
      resources: server("2", "4Gi"),
    },
    calls: {
      replicas: { min: 1, max: 15, cpu: 70, memory: 75, metrics: [{ ...httpRequests, mean: 50 }] },
      resources: server("1", "2Gi"),
    },
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

/** Resources of a database's container. */
export function storeResources({ cpu, memoryMiB }: Store): Resources {
  return { cpu: { request: cpu }, memory: { request: `${memoryMiB}Mi`, limit: `${memoryMiB}Mi` } };
}

/** The most pods there may be. */
export function mostOf(replicas: Replicas): number {
  return typeof replicas === "number" ? replicas : replicas.max;
}
