import { defineAddon } from "#synth";
import { healthChecks } from "./argocd/health.ts";
import { argoCdHost } from "./argocd/host.ts";
import { replicas } from "./replicas.ts";
import type { ArgoCdValues } from "./values/argo-cd.ts";
import { spread } from "./values/pod.ts";

/**
 * The chart's own policies close what comes in. What goes out stays open: its first Job runs before any policy of
 * ours, and without it nothing else would ever run.
 */
export const argoCdNamespace = { name: "argocd", defaultDeny: false } as const;

const small = { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } };

export const argoCd = defineAddon({
  name: "argo-cd",
  description: "Argo CD, which manages itself once it has been installed",
  layer: "controllers",
  installedFirst: true,
  wanted: ({ reconciler }) => reconciler === "argocd",
  after: ["prometheus-operator-crds"],
  namespace: argoCdNamespace,
  chart: {
    repository: "https://argoproj.github.io/argo-helm",
    name: "argo-cd",
    version: "10.1.1",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/ConfigMap",
        "/Secret",
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "apps/StatefulSet",
        "batch/Job",
        "monitoring.coreos.com/ServiceMonitor",
        "networking.k8s.io/NetworkPolicy",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities }): ArgoCdValues => {
      const measured = { enabled: capabilities.monitoring !== undefined };
      const metrics = { ...measured, serviceMonitor: measured };
      const served = {
        replicas: replicas(cluster),
        pdb: { enabled: true, maxUnavailable: 1 },
        metrics,
      };
      return {
        fullnameOverride: "argocd",
        crds: { install: true, keep: true },
        global: {
          domain: argoCdHost(cluster.name, capabilities) ?? "localhost:8080",
          // One of Kubernetes' own: it is installed before any of ours.
          priorityClassName: "system-cluster-critical",
          logging: { format: "json" },
          topologySpreadConstraints: spread(),
          networkPolicy: { create: true, defaultDenyIngress: true },
        },
        controller: {
          metrics,
          resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "2Gi" } },
        },
        server: { ...served, resources: small },
        repoServer: {
          ...served,
          resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
          copyutil: { resources: small },
        },
        // Every Application is written out in dist; nothing here makes sets of them.
        applicationSet: { replicas: 0, resources: small },
        // A cache: what it loses is computed again.
        redis: { resources: small },
        // A hook that makes the cache's password once, in the cluster; afterwards it finds it and leaves it.
        redisSecretInit: { enabled: true, resources: small },
        dex: { enabled: false },
        notifications: { enabled: false },
        configs: {
          cm: {
            "admin.enabled": true,
            "users.anonymous.enabled": false,
            "exec.enabled": false,
            "application.resourceTrackingMethod": "annotation",
            "timeout.reconciliation": "120s",
            ...healthChecks,
          },
          // TLS ends at the ingress; the comparison is the API server's own, defaults and webhooks included.
          params: {
            "server.insecure": true,
            "controller.diff.server.side": true,
            // A sync that waits for what never gets well would keep newer commits waiting for ever. In seconds.
            "controller.sync.timeout.seconds": 1800,
          },
          rbac: { "policy.default": "", "policy.csv": "" },
        },
      };
    },
  },
});
