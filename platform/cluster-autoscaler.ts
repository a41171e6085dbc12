import { defineEksAddon } from "#synth";
import type { EksView, Permissions } from "#synth";
import { kubeSystem } from "./kube-system.ts";
import { replicas } from "./replicas.ts";
import type { ClusterAutoscalerValues } from "./values/cluster-autoscaler.ts";
import { restricted, spread } from "./values/pod.ts";

/** The autoscaler simulates the scheduler of one Kubernetes version: a new one needs its own. */
const imageTags = {
  "1.35": "v1.35.0",
} as const satisfies Record<EksView["kubernetes"], `v${number}.${number}.${number}`>;

export const clusterAutoscaler = defineEksAddon({
  name: "cluster-autoscaler",
  description: "Grows and shrinks node groups with demand",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.nodeScaling !== undefined,
  provides: ["nodeScaling"],
  after: ["prometheus-operator-crds"],
  namespace: kubeSystem,
  permissions: ({ cluster }) => ({ "cluster-autoscaler": nodeGroupPermissions(cluster) }),
  chart: {
    repository: "https://kubernetes.github.io/autoscaler",
    name: "cluster-autoscaler",
    version: "9.59.0",
    kinds: {
      cluster: ["rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding"],
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
    values: ({ cluster, capabilities, namespace, identity }): ClusterAutoscalerValues => ({
      fullnameOverride: "cluster-autoscaler",
      cloudProvider: "aws",
      awsRegion: cluster.region,
      autoDiscovery: { clusterName: cluster.eksName },
      image: { tag: imageTags[cluster.kubernetes] },
      replicaCount: replicas(cluster),
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" } },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65534,
        runAsGroup: 65534,
        fsGroup: 65534,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containerSecurityContext: restricted,
      topologySpreadConstraints: spread({
        "app.kubernetes.io/instance": "cluster-autoscaler",
        "app.kubernetes.io/name": "aws-cluster-autoscaler",
      }),
      rbac: {
        serviceAccount: {
          name: "cluster-autoscaler",
          annotations: identity("cluster-autoscaler"),
        },
      },
      extraArgs: {
        "balance-similar-node-groups": true,
        expander: "least-waste",
        // Every pod of ours has scratch space on the node; with the default no node would ever go.
        "skip-nodes-with-local-storage": false,
        // Disruption budgets protect system pods; with the default they would pin their nodes.
        "skip-nodes-with-system-pods": false,
        "scale-down-unneeded-time": "10m",
      },
      serviceMonitor: {
        enabled: capabilities.monitoring !== undefined,
        namespace,
      },
    }),
  },
});

function nodeGroupPermissions(cluster: EksView): Permissions {
  const { account, region, eksName } = cluster;
  return {
    statements: [
      {
        actions: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLaunchConfigurations",
          "autoscaling:DescribeScalingActivities",
          "ec2:DescribeImages",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeLaunchTemplateVersions",
          "ec2:GetInstanceTypesFromInstanceRequirements",
        ],
        resources: ["*"],
        because: "AWS scopes these Describe actions no further; they change nothing",
      },
      {
        actions: ["eks:DescribeNodegroup"],
        resources: [`arn:aws:eks:${region}:${account}:nodegroup/${eksName}/*/*`],
      },
      {
        actions: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        resources: [`arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`],
        // EKS puts this tag on the groups behind its managed node groups.
        conditions: {
          StringEquals: {
            [`aws:ResourceTag/k8s.io/cluster-autoscaler/${eksName}`]: ["owned"],
          },
        },
      },
    ],
  };
}
