import type { ChartRelease, Slice } from "../resolve/slice.ts";

export const argocdNamespace = "argocd";
/** The cluster that Argo CD runs in. */
export const inCluster = "https://kubernetes.default.svc";

/** An app has a project of its own; the platform has one for each layer. */
export function projectName(slice: Slice): string {
  return slice.kind === "placement" ? slice.owner : `platform-${slice.layer}`;
}

/** Argo CD tells a registry from a repository by the missing scheme. */
export function chartRepository(chart: ChartRelease): string {
  return chart.repository.replace(/^oci:\/\//, "");
}
