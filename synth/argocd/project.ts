import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import { namespacedKinds, splitGroupKind, usage } from "../reconciler/usage.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import { toObject } from "../render/plain.ts";
import type { RenderedSlice } from "../render/render.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { argocdNamespace, chartRepository, inCluster, projectName } from "./names.ts";

/** One AppProject for each layer and app, allowing what its slices hold and nothing else. */
export function projects(
  cluster: ResolvedCluster,
  slices: readonly RenderedSlice[],
): readonly DeliveryObject[] {
  const members = Map.groupBy(slices, ({ slice }) => projectName(slice));
  return [...members].map(([name, rendered]) => {
    const [only] = rendered.map(({ slice }) => slice);
    const isApp = only?.kind === "placement";
    return {
      folder: "reconciler",
      object: toObject(project(cluster, name, rendered)),
      owner: isApp ? only.owner : cluster.view.name,
      definition: isApp ? only.definition : cluster.definition,
    };
  });
}

function project(cluster: ResolvedCluster, name: string, members: readonly RenderedSlice[]): IAppProject {
  const used = usage(members);
  // An Application names its slice's namespace even where all its objects stand elsewhere.
  const namespaces = new Set([...used.kindsIn.keys(), ...members.map(({ slice }) => slice.namespace)]);
  const repositories = new Set(
    members.flatMap(({ slice, objects }) => [
      ...(objects.length > 0 ? [cluster.repository.url] : []),
      ...(slice.chart?.mode === "reference" ? [chartRepository(slice.chart)] : []),
    ]),
  );
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: {
      name,
      namespace: argocdNamespace,
      // Before every Application, which would be refused without it.
      annotations: { "argocd.argoproj.io/sync-wave": "-1" },
      labels: { "app.kubernetes.io/managed-by": "slipway" },
    },
    spec: {
      description: `What ${members.map(({ slice }) => slice.owner).join(", ")} may hold`.slice(0, 255),
      sourceRepos: [...repositories].toSorted(),
      destinations: [...namespaces].toSorted().map((namespace) => ({ server: inCluster, namespace })),
      clusterResourceWhitelist: used.clusterKinds.map(splitGroupKind),
      namespaceResourceWhitelist: namespacedKinds(used).map(splitGroupKind),
    },
  };
}
