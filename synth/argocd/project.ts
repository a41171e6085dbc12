import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import { splitGroupKind } from "../objects/group-kind.ts";
import { toObject } from "../objects/plain.ts";
import { namespacedKinds, usage } from "../reconciler/usage.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { argocdNamespace, chartRepository, inCluster } from "./names.ts";

/**
 * The AppProject of a slice: what the slice holds or may come to hold, and nothing else. Each has its own, so that taking one out
 * takes no rights from another, and its project goes last.
 */
export function project(cluster: ResolvedCluster, rendered: RenderedSlice): DeliveryObject {
  const { slice, objects } = rendered;
  const used = usage(rendered);
  // An Application names its slice's namespace even where all its objects stand elsewhere.
  const own = new Set([...used.kindsIn.keys(), slice.namespace]);
  // What bounds a namespace is removed after the app that had it, when nothing else names that namespace any more.
  const namespaces = slice.kind === "namespaces" ? ["*"] : [...own].toSorted();
  const repositories = [
    ...(objects.length > 0 ? [cluster.repository.url] : []),
    ...(slice.chart?.mode === "reference" ? [chartRepository(slice.chart)] : []),
  ];
  const object: IAppProject = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: {
      name: slice.owner,
      namespace: argocdNamespace,
      // Before the Application, which would be refused without it.
      annotations: { "argocd.argoproj.io/sync-wave": "-1" },
      labels: { "app.kubernetes.io/managed-by": "slipway", "slipway.dev/layer": slice.layer },
      // It waits for its Application to be gone, which could not delete anything without it.
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
    },
    spec: {
      description: `What ${slice.owner} holds, and nothing else`,
      sourceRepos: repositories.toSorted(),
      destinations: namespaces.map((namespace) => ({ server: inCluster, namespace })),
      clusterResourceWhitelist: used.clusterKinds.map(splitGroupKind),
      namespaceResourceWhitelist: namespacedKinds(rendered, used).map(splitGroupKind),
    },
  };
  return { folder: "reconciler", object: toObject(object), owner: slice.owner, definition: slice.definition };
}
