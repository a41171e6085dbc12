/** Rows of the sizing table: how many users a studio is for decides its pods. */
export interface Size {
  /** Fewest and most pods; an autoscaler moves between them where they differ. */
  readonly pods: { readonly min: number; readonly max: number };
  /** The table's CPU, as the request. The limit is `cpuLimit` in every size. */
  readonly cpu: string;
  /**
   * The table's memory, as the request. The limit also holds the worst case, which the table's figure
   * does not in the small sizes: every session a kiro-cli process of 200 MB, and 512 Mi for the server.
   */
  readonly memory: { readonly request: string; readonly limit: string };
  /** Chat sessions a pod accepts (MAX_ACP_SESSIONS). */
  readonly maxSessions: number;
}

export const sizes = {
  /** Development and demonstrations. */
  demo: {
    pods: { min: 1, max: 1 },
    cpu: "500m",
    memory: { request: "1Gi", limit: "1536Mi" },
    maxSessions: 5,
  },
  /** 5 to 10 users. */
  small: {
    pods: { min: 1, max: 1 },
    cpu: "1",
    memory: { request: "2Gi", limit: "2560Mi" },
    maxSessions: 10,
  },
  /** 10 to 50 users. */
  medium: {
    pods: { min: 2, max: 3 },
    cpu: "2",
    memory: { request: "4Gi", limit: "4Gi" },
    maxSessions: 10,
  },
  /** More than 50 users. */
  large: {
    pods: { min: 3, max: 5 },
    cpu: "2",
    memory: { request: "4Gi", limit: "4Gi" },
    maxSessions: 10,
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

/** What a pod may burst to, in every size: the limit of the document's manifest. */
export const cpuLimit = "2";

/** The replicas of a size: fixed, or the bounds of an autoscaler. */
export function replicasOf(size: Size, sessions: { readonly stateful: boolean }) {
  const { min, max } = size.pods;
  if (min === max) return min;
  // Processes of kiro-cli fill memory long before CPU, and removing a pod ends its sessions.
  return sessions.stateful
    ? { min, max, cpu: 70, memory: 75, scaleDownAfterSeconds: stickySeconds }
    : { min, max, cpu: 70 };
}

/** How long a browser stays with the pod that holds its session, in seconds: an hour, as its document says. */
export const stickySeconds = 3600;
