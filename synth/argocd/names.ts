import type { ChartRelease } from "../resolve/slice.ts";

export const argocdNamespace = "argocd";
/** The cluster that Argo CD runs in. */
export const inCluster = "https://kubernetes.default.svc";

/** Argo CD tells a registry from a repository by the missing scheme. */
export function chartRepository(chart: ChartRelease): string {
  return chart.repository.replace(/^oci:\/\//, "");
}
