import type { Capabilities } from "#synth";

/**
 * Host of Argo CD's web UI; undefined where it has none and `kubectl port-forward` leads to it. Whoever signs in
 * may change the cluster, so it is never open to the whole internet: an internet-facing load balancer must name
 * the sources it lets in.
 */
export function argoCdHost(clusterName: string, { ingress, dns }: Partial<Capabilities>): string | undefined {
  if (ingress === undefined) return undefined;
  if (ingress.controller === "traefik") return "argocd.localhost";
  const bounded = ingress.scheme === "internal" || ingress.inboundCidrs !== undefined;
  // One label below the zone, so that a wildcard certificate of the zone covers it.
  return bounded && dns !== undefined ? `argocd-${clusterName}.${dns.zone}` : undefined;
}

/** Whether the web UI has a host at all. */
export function hasArgoCdHost(capabilities: Partial<Capabilities>): boolean {
  return argoCdHost("any", capabilities) !== undefined;
}
