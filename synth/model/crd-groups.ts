import type { Reconciler } from "./names.ts";

/** Who brings the CRDs of a group: any one of these charts, or the reconciler itself. */
interface CrdSource {
  readonly charts?: readonly string[];
  readonly reconciler?: Reconciler;
}

/** Groups of custom resources by whom they come from; chart names as their repositories publish them. */
const crdGroups: Readonly<Record<string, CrdSource>> = {
  "argoproj.io": { charts: ["argo-rollouts"], reconciler: "argocd" },
  "cert-manager.io": { charts: ["cert-manager"] },
  "acme.cert-manager.io": { charts: ["cert-manager"] },
  "cloudwatch.aws.amazon.com": { charts: ["amazon-cloudwatch-observability"] },
  "datadoghq.com": { charts: ["datadog", "datadog-operator", "datadog-crds"] },
  "elbv2.k8s.aws": { charts: ["aws-load-balancer-controller"] },
  "external-secrets.io": { charts: ["external-secrets"] },
  "generators.external-secrets.io": { charts: ["external-secrets"] },
  "fluxcd.controlplane.io": { charts: ["flux-operator"] },
  "helm.toolkit.fluxcd.io": { reconciler: "flux" },
  "image.toolkit.fluxcd.io": { reconciler: "flux" },
  "kustomize.toolkit.fluxcd.io": { reconciler: "flux" },
  "notification.toolkit.fluxcd.io": { reconciler: "flux" },
  "source.toolkit.fluxcd.io": { reconciler: "flux" },
  "eventing.keda.sh": { charts: ["keda"] },
  "keda.sh": { charts: ["keda"] },
  "kro.run": { charts: ["kro"] },
  "monitoring.coreos.com": { charts: ["prometheus-operator-crds", "kube-prometheus-stack"] },
  "snapshot.storage.k8s.io": { charts: ["snapshot-controller"] },
  "groupsnapshot.storage.k8s.io": { charts: ["snapshot-controller"] },
  "gateway.networking.k8s.io": { charts: ["traefik", "traefik-crds"] },
  "traefik.io": { charts: ["traefik", "traefik-crds"] },
};

/** Kinds that only one of a group's sources brings. */
const crdKinds: Readonly<Record<string, CrdSource>> = {
  "argoproj.io/AppProject": { reconciler: "argocd" },
  "argoproj.io/Application": { reconciler: "argocd" },
  "argoproj.io/ApplicationSet": { reconciler: "argocd" },
  "argoproj.io/AnalysisTemplate": { charts: ["argo-rollouts"] },
  "argoproj.io/Rollout": { charts: ["argo-rollouts"] },
};

/** Who brings the CRD of a kind; undefined where nobody is known to. */
export function crdSource(group: string, kind: string): CrdSource | undefined {
  return crdKinds[`${group}/${kind}`] ?? crdGroups[group];
}
