import type { Replicas, Resources } from "#synth";

/** A Deployment of ours. */
interface Server {
  readonly replicas: Replicas;
  readonly resources: Resources;
}

/** A database: one replica with one volume. Its memory is request and limit, so that it is never evicted for it. */
export interface Store {
  /** CPU request as a quantity; there is no limit, so it bursts. */
  readonly cpu: string;
  readonly memoryMiB: number;
  readonly volumeGiB: number;
}

export interface Size {
  readonly api: Server;
  readonly web: Server;
  readonly controller: Resources;
  readonly postgres: Store;
  readonly redis: Store;
  readonly minio: Store;
}

const server = (cpu: string, request: string, limit: string): Resources => ({
  cpu: { request: cpu },
  memory: { request, limit },
});

export const sizes = {
  /** A few developers; about 0.5 CPU and 2 GiB in all. */
  small: {
    api: { replicas: 1, resources: server("100m", "256Mi", "512Mi") },
    web: { replicas: 1, resources: server("50m", "128Mi", "256Mi") },
    controller: server("50m", "128Mi", "256Mi"),
    postgres: { cpu: "100m", memoryMiB: 512, volumeGiB: 10 },
    redis: { cpu: "50m", memoryMiB: 256, volumeGiB: 2 },
    minio: { cpu: "100m", memoryMiB: 512, volumeGiB: 20 },
  },
  /** Redundant, for rehearsing production; 1.7 CPU and 5.3 GiB at its fewest replicas. */
  standard: {
    api: { replicas: { min: 2, max: 4, cpu: 70 }, resources: server("250m", "512Mi", "1Gi") },
    web: { replicas: { min: 2, max: 3, cpu: 70 }, resources: server("100m", "256Mi", "512Mi") },
    controller: server("100m", "256Mi", "512Mi"),
    postgres: { cpu: "500m", memoryMiB: 2048, volumeGiB: 20 },
    redis: { cpu: "100m", memoryMiB: 512, volumeGiB: 5 },
    minio: { cpu: "250m", memoryMiB: 1024, volumeGiB: 50 },
  },
  /** Production; 3.6 CPU and 11 GiB at its fewest replicas, 6.7 CPU and 17 GiB at its most. */
  large: {
    api: { replicas: { min: 3, max: 8, cpu: 65 }, resources: server("500m", "1Gi", "1536Mi") },
    web: { replicas: { min: 2, max: 6, cpu: 65 }, resources: server("150m", "256Mi", "512Mi") },
    controller: server("100m", "256Mi", "512Mi"),
    postgres: { cpu: "1", memoryMiB: 4096, volumeGiB: 100 },
    redis: { cpu: "200m", memoryMiB: 1024, volumeGiB: 10 },
    minio: { cpu: "500m", memoryMiB: 2048, volumeGiB: 200 },
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

/** One run. Memory is request and limit: what a run is promised, it has. */
export interface RunnerSize {
  /** Thousandths of a CPU. */
  readonly cpuMillis: { readonly request: number; readonly limit: number };
  readonly memoryGiB: number;
  /** Space for the checked-out work, on the node's disk. */
  readonly workspaceGiB: number;
}

export const runnerSizes = {
  small: { cpuMillis: { request: 250, limit: 1000 }, memoryGiB: 1, workspaceGiB: 2 },
  medium: { cpuMillis: { request: 500, limit: 2000 }, memoryGiB: 2, workspaceGiB: 5 },
  large: { cpuMillis: { request: 1000, limit: 4000 }, memoryGiB: 4, workspaceGiB: 10 },
} as const satisfies Record<string, RunnerSize>;

export type RunnerSizeName = keyof typeof runnerSizes;

/** Resources of a database's container. */
export function storeResources({ cpu, memoryMiB }: Store): Resources {
  return { cpu: { request: cpu }, memory: { request: `${memoryMiB}Mi`, limit: `${memoryMiB}Mi` } };
}
