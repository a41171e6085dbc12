import type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";
import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import { distRoot } from "../model/paths.ts";
import type { DeliveryObject } from "../reconciler/wiring.ts";
import { toObject } from "../objects/plain.ts";
import type { ResolvedCluster } from "../resolve/resolve.ts";
import { syncPolicy } from "./application.ts";
import { argocdNamespace, inCluster } from "./names.ts";

/** What is applied once by hand: the Application that brings all others, and a project for no more than them. */
export function bootstrap(cluster: ResolvedCluster): readonly DeliveryObject[] {
  const { url, branch } = cluster.repository;
  const path = `${distRoot}/${cluster.view.name}/reconciler`;
  const project: IAppProject = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "slipway", namespace: argocdNamespace },
    spec: {
      description: "Applications and projects of this cluster, and nothing else",
      sourceRepos: [url],
      destinations: [{ server: inCluster, namespace: argocdNamespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [
        { group: "argoproj.io", kind: "Application" },
        { group: "argoproj.io", kind: "AppProject" },
      ],
    },
  };
  const root: IApplication = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name: "slipway",
      namespace: argocdNamespace,
      annotations: { "argocd.argoproj.io/manifest-generate-paths": `/${path}` },
    },
    spec: {
      project: "slipway",
      destination: { server: inCluster, namespace: argocdNamespace },
      source: { repoURL: url, targetRevision: branch, path },
      syncPolicy: syncPolicy(),
    },
  };
  return [project, root].map((object) => ({
    folder: "bootstrap",
    object: toObject(object),
    owner: cluster.view.name,
    definition: cluster.definition,
  }));
}
