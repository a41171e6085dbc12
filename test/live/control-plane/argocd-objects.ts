import type { KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";

const apiVersion = "argoproj.io/v1alpha1";
const namespace = "argocd";
/** As dist gives it to both: an Application takes along what it has brought, a project stays until its last one has gone. */
const finalizers = ["resources-finalizer.argocd.argoproj.io"];

/** A project for one repository and the namespace `default`, in which these kinds are allowed. */
export function project(name: string, url: string, kinds: readonly string[]): KubernetesObject {
  return {
    apiVersion,
    kind: "AppProject",
    metadata: { name, namespace, finalizers },
    spec: {
      sourceRepos: [url],
      destinations: [{ server: "*", namespace: "default" }],
      namespaceResourceWhitelist: kinds.map((kind) => ({ group: kind === "ConfigMap" ? "" : "apps", kind })),
    },
  };
}

/** An Application that syncs a folder, tries again after a time such as `1s`, and is in the project of its name. */
export function application(name: string, url: string, path: string, again: string): KubernetesObject {
  return {
    apiVersion,
    kind: "Application",
    metadata: { name, namespace, finalizers },
    spec: {
      project: name,
      destination: { server: "https://kubernetes.default.svc", namespace: "default" },
      source: { repoURL: url, path, targetRevision: "main" },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { limit: -1, refresh: true, backoff: { duration: again } },
      },
    },
  };
}
