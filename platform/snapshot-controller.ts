import { defineAddon } from "#synth";
import { kubeSystem } from "./kube-system.ts";
import { replicas } from "./replicas.ts";
import { restricted, spread } from "./values/pod.ts";
import type { SnapshotControllerValues } from "./values/snapshot-controller.ts";

export const snapshotController = defineAddon({
  name: "snapshot-controller",
  description: "Snapshots of block volumes",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.volumeSnapshots !== undefined,
  provides: ["volumeSnapshots"],
  after: ["prometheus-operator-crds"],
  namespace: kubeSystem,
  chart: {
    repository: "https://piraeus.io/helm-charts",
    name: "snapshot-controller",
    version: "5.2.0",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities }): SnapshotControllerValues => ({
      installCRDs: true,
      controller: {
        replicaCount: replicas(cluster),
        pdb: { maxUnavailable: 1 },
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
        priorityClassName: "system-cluster-critical",
        podSecurityContext: {
          runAsNonRoot: true,
          fsGroup: 1000,
          seccompProfile: { type: "RuntimeDefault" },
        },
        securityContext: restricted,
        topologySpreadConstraints: spread({
          "app.kubernetes.io/instance": "snapshot-controller",
          "app.kubernetes.io/name": "snapshot-controller",
        }),
        serviceMonitor: { create: capabilities.monitoring !== undefined },
      },
      // Only for clusters that hold group snapshots of beta versions; its certificate would be random.
      webhook: { enabled: false },
    }),
  },
});
