import { defineAddon, flows, kubernetesApi } from "#synth";
import type { CustomMetric } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { monitoringNamespace } from "./monitoring/namespace.ts";
import { platformPriority } from "./priority-classes.ts";
import { replicas } from "./replicas.ts";
import { spread } from "./values/pod.ts";
import type { AdapterRule, PrometheusAdapterValues } from "./values/prometheus-adapter.ts";

const selector = {
  "app.kubernetes.io/name": "prometheus-adapter",
  "app.kubernetes.io/instance": "prometheus-adapter",
};
const pods = chartPods("prometheus-adapter", {
  namespace: monitoringNamespace.name,
  selector,
  ports: { https: 6443 },
});

export const prometheusAdapter = defineAddon({
  name: "prometheus-adapter",
  description: "Prometheus series as metrics for HorizontalPodAutoscalers",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.customMetrics !== undefined,
  provides: ["customMetrics"],
  needs: ["customMetrics"],
  dependsOn: ["priority-classes", "cert-manager", "kube-prometheus-stack"],
  namespace: monitoringNamespace,
  chart: {
    repository: "https://prometheus-community.github.io/helm-charts",
    name: "prometheus-adapter",
    version: "5.3.0",
    kinds: {
      cluster: [
        "apiregistration.k8s.io/APIService",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/ConfigMap",
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "cert-manager.io/Certificate",
        "cert-manager.io/Issuer",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
      // The right to read how the API server authenticates is bound where its Role is.
      alsoIn: ["kube-system"],
    },
    values: ({ cluster, capabilities }): PrometheusAdapterValues => ({
      prometheus: {
        url: `http://kube-prometheus-stack-prometheus.${monitoringNamespace.name}.svc`,
        port: 9090,
      },
      replicas: replicas(cluster),
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: spread(selector),
      priorityClassName: platformPriority,
      podSecurityContext: {
        fsGroup: 10001,
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      },
      // Only what apps name: by default every series of the cluster would be a metric, and looked for twice a minute.
      rules: { default: false, custom: capabilities.customMetrics.metrics.map(adapterRule) },
      certManager: { enabled: true },
      logLevel: 2,
    }),
  },
  render: (stage) => {
    flows(stage, [
      { from: kubernetesApi, to: pods.port("https") },
      { from: pods, to: kubernetesApi },
      { from: pods, to: { outside: "namespace", namespace: monitoringNamespace.name, port: 9090 } },
    ]);
  },
});

/** A recorded series as a metric of the Service that its labels name. */
function adapterRule({ name, series }: CustomMetric): AdapterRule {
  return {
    seriesQuery: `{__name__="${series}",namespace!="",service!=""}`,
    resources: { overrides: { namespace: { resource: "namespace" }, service: { resource: "service" } } },
    name: { as: name },
    metricsQuery: "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)",
  };
}
