import { defineEksAddon } from "#synth";
import { kubeSystem } from "./kube-system.ts";
import { replicas } from "./replicas.ts";
import type { AwsEfsCsiDriverValues } from "./values/aws-efs-csi-driver.ts";
import { spread } from "./values/pod.ts";

/** The chart has none by default, and a Deployment without one is available before it works. */
const readinessProbe = { httpGet: { path: "/healthz", port: "healthz" }, periodSeconds: 10 };

/** They report and nothing else. */
const sidecar = { requests: { cpu: "5m", memory: "32Mi" }, limits: { memory: "64Mi" } };

export const awsEfsCsiDriver = defineEksAddon({
  name: "aws-efs-csi-driver",
  description: "EFS volumes, which several nodes mount at once",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.sharedStorage?.driver === "efs",
  provides: ["sharedStorage"],
  after: ["prometheus-operator-crds"],
  namespace: kubeSystem,
  permissions: () => ({
    "efs-csi-controller-sa": {
      managedPolicies: ["arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy"],
    },
  }),
  chart: {
    repository: "https://kubernetes-sigs.github.io/aws-efs-csi-driver",
    name: "aws-efs-csi-driver",
    version: "4.4.1",
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
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities, identity }): AwsEfsCsiDriverValues => ({
      controller: {
        replicaCount: replicas(cluster),
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        readinessProbe,
        regionalStsEndpoints: true,
        // A deleted claim takes its access point with it and leaves the files, for a person to remove.
        deleteAccessPointRootDir: false,
        tags: { "slipway.dev/cluster": cluster.name },
        serviceAccount: { annotations: identity("efs-csi-controller-sa") },
        // One pod must stay: with a single one that would keep its node from ever being drained.
        podDisruptionBudget: { enabled: replicas(cluster) > 1 },
        topologySpreadConstraints: spread(),
        enableMetrics: capabilities.monitoring !== undefined,
        serviceMonitor: { enabled: capabilities.monitoring !== undefined },
      },
      node: {
        resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "512Mi" } },
        readinessProbe,
        s3filesCloudWatchLogEnabled: false,
        s3filesCloudWatchMetricsEnabled: false,
      },
      sidecars: {
        livenessProbe: { resources: sidecar },
        nodeDriverRegistrar: { resources: sidecar },
      },
      // As a hook the CSIDriver would be outside of what the reconciler compares and repairs.
      useHelmHooksForCSIDriver: false,
    }),
  },
});
