import { defineAddon } from "#synth";
import { kubeSystem } from "./kube-system.ts";
import { replicas } from "./replicas.ts";
import type { MetricsServerValues } from "./values/metrics-server.ts";
import { spread } from "./values/pod.ts";

export const metricsServer = defineAddon({
  name: "metrics-server",
  description: "CPU and memory figures for HorizontalPodAutoscalers and kubectl top",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.resourceMetrics !== undefined,
  provides: ["resourceMetrics"],
  after: ["prometheus-operator-crds"],
  namespace: kubeSystem,
  chart: {
    repository: "https://kubernetes-sigs.github.io/metrics-server",
    name: "metrics-server",
    version: "3.13.1",
    kinds: {
      cluster: [
        "apiregistration.k8s.io/APIService",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities }): MetricsServerValues => ({
      replicas: replicas(cluster),
      resources: { requests: { cpu: "100m", memory: "200Mi" }, limits: { memory: "400Mi" } },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: spread({ "app.kubernetes.io/name": "metrics-server" }),
      // kind's kubelets present certificates that they signed themselves; those of EKS the cluster's CA signed.
      args: cluster.provider === "eks" ? [] : ["--kubelet-insecure-tls"],
      metrics: { enabled: capabilities.monitoring !== undefined },
      serviceMonitor: { enabled: capabilities.monitoring !== undefined },
    }),
  },
});
