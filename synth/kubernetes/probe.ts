import { k8s } from "cdk8s-plus-28";

/** How the kubelet asks a container how it is. P: names of its ports. */
type ProbeCheck<P extends string> =
  | { readonly http: string; readonly port: P }
  | { readonly tcp: P }
  | { readonly exec: readonly string[] };

export type Probe<P extends string> = ProbeCheck<P> & {
  /** Seconds. Default: 0. */
  readonly initialDelaySeconds?: number;
  /** Seconds. Default: 10. */
  readonly periodSeconds?: number;
  /** Seconds. Default: 3. */
  readonly timeoutSeconds?: number;
  /** Default: 3. */
  readonly failureThreshold?: number;
};

/** What a container is asked while it starts, before it is given work, and as long as it lives. */
export interface Probes<P extends string> {
  readonly readiness?: Probe<P>;
  readonly liveness?: Probe<P>;
  readonly startup?: Probe<P>;
}

/** A probe in the words of a pod. */
export function probeOf<P extends string>(probe: Probe<P>): k8s.Probe {
  const { initialDelaySeconds, periodSeconds = 10, timeoutSeconds = 3, failureThreshold = 3 } = probe;
  const timing = {
    ...(initialDelaySeconds !== undefined && { initialDelaySeconds }),
    periodSeconds,
    timeoutSeconds,
    failureThreshold,
  };
  if ("http" in probe) {
    return {
      httpGet: { path: probe.http, port: k8s.IntOrString.fromString(probe.port) },
      ...timing,
    };
  }
  if ("tcp" in probe) return { tcpSocket: { port: k8s.IntOrString.fromString(probe.tcp) }, ...timing };
  return { exec: { command: [...probe.exec] }, ...timing };
}
