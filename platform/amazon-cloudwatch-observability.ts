import { defineEksAddon, flows, kubernetesApi } from "#synth";
import { chartPods } from "./chart-pods.ts";
import type { AmazonCloudwatchObservabilityValues } from "./values/amazon-cloudwatch-observability.ts";

const manager = chartPods("amazon-cloudwatch-observability-controller-manager", {
  namespace: "amazon-cloudwatch",
  selector: {
    "app.kubernetes.io/name": "amazon-cloudwatch-observability",
    "control-plane": "controller-manager",
  },
  ports: { webhook: 9443 },
});

export const amazonCloudwatchObservability = defineEksAddon({
  name: "amazon-cloudwatch-observability",
  description: "CloudWatch Container Insights, and container logs to CloudWatch",
  layer: "controllers",
  wanted: ({ capabilities }) =>
    capabilities.containerInsights !== undefined || capabilities.logs?.backend === "cloudwatch",
  provides: ["containerInsights", "logs"],
  // For its webhooks' certificates, which it would otherwise make up anew on every rendering.
  dependsOn: ["cert-manager"],
  namespace: {
    name: manager.namespace,
    podSecurity: "privileged",
    because: "the agents use the node's network and read its logs, processes and container socket",
  },
  permissions: () => ({
    // The chart gives this account no annotation.
    "cloudwatch-agent": {
      through: "pod-identity",
      managedPolicies: ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"],
    },
  }),
  chart: {
    repository: "https://aws-observability.github.io/helm-charts",
    name: "amazon-cloudwatch-observability",
    version: "6.4.0",
    kinds: {
      cluster: [
        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/ConfigMap",
        "/Secret",
        "/Service",
        "/ServiceAccount",
        "apps/DaemonSet",
        "apps/Deployment",
        "cert-manager.io/Certificate",
        "cert-manager.io/Issuer",
        "cloudwatch.aws.amazon.com/AmazonCloudWatchAgent",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities }): AmazonCloudwatchObservabilityValues => ({
      clusterName: cluster.eksName,
      region: cluster.region,
      containerInsights: { enabled: capabilities.containerInsights !== undefined },
      containerLogs: {
        enabled: capabilities.logs?.backend === "cloudwatch",
        fluentBit: {
          resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        },
      },
      // Traces are the tracing capability's; left on, it would instrument every Java and Python pod unasked.
      applicationSignals: { enabled: false },
      otelContainerInsights: { enabled: false },
      dcgmExporter: { enabled: false },
      neuronMonitor: { enabled: false },
      agent: {
        certManager: { enabled: true },
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      },
      manager: {
        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        applicationSignals: { autoMonitor: { monitorAllServices: false, restartPods: false } },
      },
      admissionWebhooks: { certManager: { enabled: true }, failurePolicy: "Ignore" },
    }),
  },
  // The agents share the node's network, where policies do not reach.
  render: (stage) => {
    flows(stage, [
      { from: kubernetesApi, to: manager.port("webhook") },
      { from: manager, to: kubernetesApi },
    ]);
  },
});
