/** Parts of a pod that charts take as Kubernetes writes them; quantities as strings. */
export interface ResourceValues {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Memory only: a CPU limit slows a controller down just when it has work to do. */
  readonly limits: { readonly memory: string };
}

export interface PodSecurityValues {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly seccompProfile: { readonly type: "RuntimeDefault" };
}

export interface ContainerSecurityValues {
  readonly allowPrivilegeEscalation: false;
  readonly readOnlyRootFilesystem: true;
  readonly runAsNonRoot?: true;
  readonly capabilities: { readonly drop: readonly ["ALL"] };
}

export interface SpreadValues {
  readonly maxSkew: 1;
  readonly topologyKey: "topology.kubernetes.io/zone" | "kubernetes.io/hostname";
  readonly whenUnsatisfiable: "ScheduleAnyway";
  /** Left out for charts that add their own. */
  readonly labelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

/** Across zones and nodes as well as the scheduler can, without refusing to run on one. */
export function spread(matchLabels?: Readonly<Record<string, string>>): readonly SpreadValues[] {
  const keys = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"] as const;
  return keys.map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    ...(matchLabels && { labelSelector: { matchLabels } }),
  }));
}

/** No way up from an ordinary process: what Pod Security calls restricted. */
export const restricted: ContainerSecurityValues = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};
