import type { Replicas, Resources } from "#synth";

/** Pods that serve requests. */
interface Server {
  readonly replicas: Replicas;
  readonly resources: Resources;
}

export interface Size {
  readonly backend: Server;
  readonly streamlit: Server;
  readonly postgres: {
    readonly cpu: string;
    /** Request and limit, so that it is never evicted for it. */
    readonly memoryMiB: number;
  };
  readonly blender: Resources;
}

/** The document's figures for one Blender: 0.5 to 2 CPU, 1 to 4 GiB. Its scenes and caches lie on the node's disk. */
const blender: Resources = {
  cpu: { request: "500m", limit: "2" },
  memory: { request: "1Gi", limit: "4Gi" },
  ephemeralStorage: { request: "2Gi", limit: "12Gi" },
};

/** The document's figures for one pod: 0.5 to 2 CPU, 0.5 to 2 GiB. */
const documented: Resources = {
  cpu: { request: "500m", limit: "2" },
  memory: { request: "512Mi", limit: "2Gi" },
};

const little: Resources = {
  cpu: { request: "50m", limit: "2" },
  memory: { request: "256Mi", limit: "1Gi" },
};

export const sizes = {
  /** A few developers: half a CPU and 2 GiB in all, with a Blender. */
  small: {
    backend: { replicas: 1, resources: little },
    streamlit: { replicas: 1, resources: little },
    postgres: { cpu: "50m", memoryMiB: 256 },
    blender: { ...blender, cpu: { request: "200m", limit: "2" } },
  },
  /** The document's two replicas of each. */
  standard: {
    backend: { replicas: { min: 2, max: 3, cpu: 70 }, resources: documented },
    streamlit: { replicas: { min: 2, max: 3, cpu: 70 }, resources: documented },
    postgres: { cpu: "250m", memoryMiB: 1024 },
    blender,
  },
  /** Production: a replica in each of three nodes, and up to four times as many. */
  large: {
    backend: { replicas: { min: 3, max: 12, cpu: 70 }, resources: documented },
    streamlit: { replicas: { min: 3, max: 12, cpu: 70 }, resources: documented },
    postgres: { cpu: "1", memoryMiB: 2048 },
    blender,
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;
