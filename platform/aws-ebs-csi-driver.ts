import { defineEksAddon } from "#synth";
import { kubeSystem } from "./kube-system.ts";
import { replicas } from "./replicas.ts";
import type { AwsEbsCsiDriverValues } from "./values/aws-ebs-csi-driver.ts";
import { spread } from "./values/pod.ts";

export const awsEbsCsiDriver = defineEksAddon({
  name: "aws-ebs-csi-driver",
  description: "EBS volumes, which one node mounts at a time",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.blockStorage?.driver === "ebs",
  provides: ["blockStorage"],
  // The snapshotter and the ServiceMonitors wait for their kinds.
  after: ["prometheus-operator-crds", "snapshot-controller"],
  namespace: kubeSystem,
  permissions: () => ({
    // V2 lets the driver change only volumes and snapshots with its own tag, which it sets itself.
    "ebs-csi-controller-sa": {
      managedPolicies: ["arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicyV2"],
    },
  }),
  chart: {
    repository: "https://kubernetes-sigs.github.io/aws-ebs-csi-driver",
    name: "aws-ebs-csi-driver",
    version: "2.64.0",
    kinds: {
      cluster: [
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
        "storage.k8s.io/CSIDriver",
      ],
      namespaced: [
        "/Service",
        "/ServiceAccount",
        "apps/DaemonSet",
        "apps/Deployment",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities, identity }): AwsEbsCsiDriverValues => {
      const monitored = capabilities.monitoring !== undefined;
      const metrics = { enableMetrics: monitored, serviceMonitor: { forceEnable: monitored } };
      return {
        controller: {
          ...metrics,
          replicaCount: replicas(cluster),
          region: cluster.region,
          k8sTagClusterId: cluster.eksName,
          serviceAccount: { annotations: identity("ebs-csi-controller-sa") },
          podDisruptionBudget: { maxUnavailable: 1 },
          topologySpreadConstraints: spread(),
        },
        node: { ...metrics, enableWindows: false, tolerateAllTaints: true },
        sidecars: { snapshotter: { forceEnable: capabilities.volumeSnapshots !== undefined } },
        helmTester: { enabled: false },
      };
    },
  },
});
