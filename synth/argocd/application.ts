import type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";
import { distRoot } from "../model/paths.ts";
import { sliceFolder } from "../reconciler/paths.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import { toObject } from "../objects/plain.ts";
import { groupKindOf } from "../objects/group-kind.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import type { ChartRelease } from "../resolve/slice.ts";
import { argocdNamespace, chartRepository, inCluster } from "./names.ts";

/**
 * Argo Rollouts adds to the selectors of its Services which pods they serve. A sync that took that away would have old
 * and new pods serve side by side until all new ones are ready.
 */
const switched = { kind: "Service", jsonPointers: ["/spec/selector/rollouts-pod-template-hash"] };

type ApplicationSource = NonNullable<NonNullable<IApplication["spec"]>["source"]>;

/** The Application of a slice: its folder of dist, its chart, or both. */
export function application(cluster: ResolvedCluster, rendered: RenderedSlice): DeliveryObject {
  const { slice, objects } = rendered;
  const folder = `${distRoot}/${sliceFolder(cluster.view.name, slice)}`;
  const sources: ApplicationSource[] = [
    ...(slice.chart?.mode === "reference" ? [chartSource(slice.owner, slice.chart)] : []),
    ...(objects.length > 0 ? [folderSource(cluster, folder, slice.stages.length > 1)] : []),
  ];
  const [first] = sources;
  const hasRollouts = objects.some(({ object }) => groupKindOf(object) === "argoproj.io/Rollout");
  const object: IApplication = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: slice.owner,
      namespace: argocdNamespace,
      annotations: {
        "argocd.argoproj.io/sync-wave": String(cluster.depth.get(slice.owner) ?? 0),
        // Only a commit that touches this folder renders it again.
        "argocd.argoproj.io/manifest-generate-paths": `/${folder}`,
        ...(slice.chart?.installedFirst && { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" }),
      },
      labels: { "app.kubernetes.io/managed-by": "slipway", "slipway.dev/layer": slice.layer },
      // Deleting the Application deletes what it made, except what says Delete=false; Argo CD's own deletes nothing.
      ...(slice.chart?.installedFirst !== true && { finalizers: ["resources-finalizer.argocd.argoproj.io"] }),
    },
    spec: {
      project: slice.owner,
      destination: { server: inCluster, namespace: slice.namespace },
      ...(sources.length === 1 && first ? { source: first } : { sources }),
      revisionHistoryLimit: 5,
      ...(hasRollouts && { ignoreDifferences: [switched] }),
      syncPolicy: syncPolicy(hasRollouts ? ["RespectIgnoreDifferences=true"] : []),
    },
  };
  return { folder: "reconciler", object: toObject(object), owner: slice.owner, definition: slice.definition };
}

/** @param options sync options beside those of every Application */
export function syncPolicy(
  options: readonly string[] = [],
): NonNullable<NonNullable<IApplication["spec"]>["syncPolicy"]> {
  return {
    automated: { prune: true, selfHeal: true },
    syncOptions: ["ServerSideApply=true", "FailOnSharedResource=true", "PruneLast=true", ...options],
    // For ever, and of the newest commit: a counted number of tries, or tries of an old commit, would need a person.
    retry: { limit: -1, refresh: true, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
  };
}

function folderSource(cluster: ResolvedCluster, path: string, recurse: boolean): ApplicationSource {
  const { url, branch } = cluster.repository;
  return { repoURL: url, targetRevision: branch, path, ...(recurse && { directory: { recurse } }) };
}

function chartSource(owner: string, chart: ChartRelease): ApplicationSource {
  return {
    repoURL: chartRepository(chart),
    chart: chart.name,
    targetRevision: chart.version,
    helm: { releaseName: owner, valuesObject: { ...chart.values } },
  };
}
