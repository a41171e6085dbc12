import type { Replicas, Resources } from "#synth";

/** One component: its fewest and most pods, and what each asks for. */
interface Scale {
  readonly pods: { readonly min: number; readonly max: number };
  readonly resources: Resources;
}

export interface Size {
  readonly server: Scale;
  readonly worker: Scale;
  readonly web: Scale;
}

const scale = (min: number, max: number, cpu: string, request: string, limit: string): Scale => ({
  pods: { min, max },
  resources: { cpu: { request: cpu }, memory: { request, limit } },
});

/** CPU has no limit: a pod bursts into what its node has left. */
export const sizes = {
  /** One developer, one machine; 0.25 CPU and 0.6 GiB. */
  demo: {
    server: scale(1, 1, "100m", "256Mi", "1Gi"),
    worker: scale(1, 1, "100m", "256Mi", "1Gi"),
    web: scale(1, 1, "50m", "64Mi", "128Mi"),
  },
  /** A team that develops; 0.85 CPU and 1.6 GiB at its fewest pods, 2.2 CPU at its most. */
  small: {
    server: scale(1, 2, "250m", "512Mi", "1Gi"),
    worker: scale(1, 3, "500m", "1Gi", "2Gi"),
    web: scale(1, 2, "100m", "128Mi", "256Mi"),
  },
  /** Redundant, for rehearsing production; 1.7 CPU and 3.3 GiB at its fewest pods, 4.3 CPU at its most. */
  medium: {
    server: scale(2, 4, "250m", "512Mi", "1Gi"),
    worker: scale(2, 6, "500m", "1Gi", "2Gi"),
    web: scale(2, 3, "100m", "128Mi", "256Mi"),
  },
  /** Production; 3.9 CPU and 7.5 GiB at its fewest pods, 18.2 CPU and 36 GiB at its most. */
  large: {
    server: scale(3, 10, "500m", "1Gi", "2Gi"),
    worker: scale(2, 12, "1", "2Gi", "4Gi"),
    web: scale(2, 6, "200m", "256Mi", "512Mi"),
  },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

/** Whether a size moves between bounds, so that somebody has to measure its pods. */
export function scales(size: SizeName): boolean {
  return Object.values(sizes[size]).some(({ pods }) => pods.min < pods.max);
}

/** A fixed number where the bounds are one, else whatever follows the demand between them. */
export function between(
  pods: Scale["pods"],
  demand: (bounds: Scale["pods"]) => Exclude<Replicas, number>,
): Replicas {
  return pods.min === pods.max ? pods.min : demand(pods);
}
