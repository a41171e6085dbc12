import { defineAddon, flows, internet, kubernetesApi } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { monitoringNamespace } from "./monitoring/namespace.ts";
import { scraped } from "./monitoring/scraped.ts";
import { platformPriority } from "./priority-classes.ts";
import { replicas } from "./replicas.ts";
import type { ArgoRolloutsValues } from "./values/argo-rollouts.ts";
import { spread } from "./values/pod.ts";

const selector = {
  "app.kubernetes.io/component": "rollouts-controller",
  "app.kubernetes.io/instance": "argo-rollouts",
};
const pods = chartPods("argo-rollouts", {
  namespace: "argo-rollouts",
  selector,
  ports: { metrics: 8090 },
});

export const argoRollouts = defineAddon({
  name: "argo-rollouts",
  description: "Canary and blue-green rollouts",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.progressiveDelivery !== undefined,
  provides: ["progressiveDelivery"],
  dependsOn: ["priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: { name: pods.namespace },
  permissions: ({ capabilities }) =>
    capabilities.ingress?.controller !== "alb"
      ? {}
      : {
          "argo-rollouts": {
            statements: [
              {
                actions: [
                  "elasticloadbalancing:DescribeListeners",
                  "elasticloadbalancing:DescribeLoadBalancers",
                  "elasticloadbalancing:DescribeRules",
                  "elasticloadbalancing:DescribeTags",
                  "elasticloadbalancing:DescribeTargetGroups",
                  "elasticloadbalancing:DescribeTargetHealth",
                ],
                resources: ["*"],
                because: "AWS scopes Describe actions no further; they change nothing",
              },
            ],
          },
        },
  chart: {
    repository: "https://argoproj.github.io/argo-helm",
    name: "argo-rollouts",
    version: "2.41.0",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/ConfigMap",
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
      ],
    },
    values: ({ cluster, capabilities, identity }): ArgoRolloutsValues => ({
      controller: {
        replicas: replicas(cluster),
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
        pdb: { enabled: true, maxUnavailable: 1 },
        topologySpreadConstraints: spread(selector),
        priorityClassName: platformPriority,
        logging: { format: "json" },
        awsVerifyTargetGroup: capabilities.ingress?.controller === "alb",
        metrics: {
          enabled: capabilities.monitoring !== undefined,
          serviceMonitor: { enabled: capabilities.monitoring !== undefined },
        },
      },
      serviceAccount: { annotations: identity("argo-rollouts") },
      // Rights for the traffic router that the cluster has, and for no other.
      providerRBAC: {
        providers: {
          awsLoadBalancerController: capabilities.ingress?.controller === "alb",
          traefik: capabilities.ingress?.controller === "traefik",
          istio: false,
          smi: false,
          ambassador: false,
          awsAppMesh: false,
          apisix: false,
          contour: false,
          glooPlatform: false,
          gatewayAPI: false,
        },
      },
    }),
  },
  render: (stage, { capabilities }) => {
    const { monitoring, ingress } = capabilities;
    const prometheus = {
      outside: "namespace",
      namespace: monitoringNamespace.name,
      port: 9090,
    } as const;
    flows(stage, [
      ...scraped(capabilities, pods),
      { from: pods, to: kubernetesApi },
      ...(monitoring ? [{ from: pods, to: prometheus }] : []),
      ...(ingress?.controller === "alb" ? [{ from: pods, to: internet(443) }] : []),
    ]);
  },
});
