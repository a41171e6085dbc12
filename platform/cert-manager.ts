import { defineAddon } from "#synth";
import { platformPriority } from "./priority-classes.ts";
import { replicas } from "./replicas.ts";
import type { CertManagerValues } from "./values/cert-manager.ts";
import { spread } from "./values/pod.ts";

/** What the controller, the webhook and the CA injector have in common. */
function component(name: string, replicaCount: number) {
  return {
    replicaCount,
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    topologySpreadConstraints: spread({
      "app.kubernetes.io/instance": "cert-manager",
      "app.kubernetes.io/component": name,
    }),
    // The chart's own: in to the webhook and the metrics, out to HTTPS, DNS and the API server.
    networkPolicy: { enabled: true },
  } as const;
}

export const certManager = defineAddon({
  name: "cert-manager",
  description: "Issues certificates inside the cluster, for mTLS and for webhooks",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.certificates !== undefined,
  provides: ["certificates"],
  dependsOn: ["priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: { name: "cert-manager" },
  chart: {
    repository: "https://charts.jetstack.io",
    name: "cert-manager",
    version: "v1.21.1",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
      ],
      namespaced: [
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "monitoring.coreos.com/ServiceMonitor",
        "networking.k8s.io/NetworkPolicy",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities, namespace }): CertManagerValues => ({
      crds: { enabled: true, keep: true },
      // Leases in its own namespace; by default it writes a Role to kube-system.
      global: { priorityClassName: platformPriority, leaderElection: { namespace } },
      ...component("controller", replicas(cluster)),
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      webhook: {
        ...component("webhook", replicas(cluster)),
        resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "128Mi" } },
      },
      cainjector: {
        ...component("cainjector", replicas(cluster)),
        resources: { requests: { cpu: "25m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      },
      // A hook Job; the reconciler's health check of the webhook says the same.
      startupapicheck: { enabled: false },
      prometheus: {
        enabled: true,
        servicemonitor: { enabled: capabilities.monitoring !== undefined },
      },
    }),
  },
});
