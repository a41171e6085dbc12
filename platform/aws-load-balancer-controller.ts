import { defineEksAddon, k8s } from "#synth";
import { kubeSystem } from "./kube-system.ts";
import { loadBalancerPermissions } from "./permissions/aws-load-balancer-controller.ts";
import { replicas } from "./replicas.ts";
import type { AwsLoadBalancerControllerValues } from "./values/aws-load-balancer-controller.ts";
import { restricted, spread } from "./values/pod.ts";

export const awsLoadBalancerController = defineEksAddon({
  name: "aws-load-balancer-controller",
  description: "Application Load Balancers for Ingresses",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.ingress?.controller === "alb",
  provides: ["ingress"],
  dependsOn: ["cert-manager"],
  after: ["prometheus-operator-crds"],
  namespace: kubeSystem,
  permissions: ({ cluster }) => ({
    "aws-load-balancer-controller": loadBalancerPermissions(cluster),
  }),
  chart: {
    repository: "https://aws.github.io/eks-charts",
    name: "aws-load-balancer-controller",
    version: "3.5.0",
    kinds: {
      cluster: [
        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "cert-manager.io/Certificate",
        "cert-manager.io/Issuer",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities, identity }): AwsLoadBalancerControllerValues => ({
      clusterName: cluster.eksName,
      // Named, because pods do not reach the instance metadata service that would tell.
      region: cluster.region,
      vpcId: cluster.outputs.vpcId,
      replicaCount: replicas(cluster),
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      podSecurityContext: { fsGroup: 65534, seccompProfile: { type: "RuntimeDefault" } },
      securityContext: restricted,
      topologySpreadConstraints: spread({
        "app.kubernetes.io/instance": "aws-load-balancer-controller",
        "app.kubernetes.io/name": "aws-load-balancer-controller",
      }),
      serviceAccount: { annotations: identity("aws-load-balancer-controller") },
      // The chart's own certificate is a new random one each time it is rendered.
      enableCertManager: true,
      // It would stand in the way of every Service of the cluster until the controller is ready.
      enableServiceMutatorWebhook: false,
      // Below: the chart would wrap it in a List, and add parameters that its own webhook refuses
      // until it is ready. Each Ingress says what it needs in its annotations.
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      defaultTargetType: "ip",
      enableShield: false,
      enableWaf: false,
      enableWafv2: true,
      serviceMonitor: { enabled: capabilities.monitoring !== undefined },
    }),
  },
  render: (stage) => {
    stage.add(k8s.KubeIngressClass, "alb", { spec: { controller: "ingress.k8s.aws/alb" } });
  },
});
