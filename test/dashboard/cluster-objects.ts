import { Board } from "../../scripts/dashboard/board.ts";
import type { Json, KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

/** A part of an object as it is written. */
export type Content = Readonly<Record<string, Json>>;

/** An Application of Argo CD with this status. */
export function application(
  name: string,
  status: Content,
  labels: Readonly<Record<string, string>> = {},
): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd", labels },
    spec: { source: { path: "dist/local/reconciler" } },
    status,
  };
}

/** A Kustomization of Flux with these conditions. */
export function kustomization(
  name: string,
  conditions: readonly Content[],
  further: Content = {},
): KubernetesObject {
  return {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system", generation: 2 },
    spec: { path: `./dist/conversation-dev/controllers/${name}` },
    status: { observedGeneration: 2, conditions, ...further },
  };
}

/** A Deployment of two pods, of which so many are available. */
export function deployment(available: number): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", generation: 1 },
    spec: { replicas: 2 },
    status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: available },
  };
}

/** A board that has seen these. */
export function boardOf(...objects: readonly KubernetesObject[]): Board {
  const board = new Board();
  for (const object of objects) board.apply({ type: "added", object });
  return board;
}
