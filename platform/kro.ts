import { defineAddon, flows, k8s, kubernetesApi } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { scraped } from "./monitoring/scraped.ts";
import { platformPriority } from "./priority-classes.ts";
import { replicas } from "./replicas.ts";
import type { KroValues } from "./values/kro.ts";
import { restricted, spread } from "./values/pod.ts";

export const kroNamespace = { name: "kro" } as const;

/** By which a ClusterRole gives kro rights beside its own. */
export const kroRightsLabel = { "rbac.kro.run/aggregate-to-controller": "true" } as const;

const selector = { "app.kubernetes.io/name": "kro", "app.kubernetes.io/instance": "kro" };
const pods = chartPods("kro", { namespace: kroNamespace.name, selector, ports: { metrics: 8078 } });

export const kro = defineAddon({
  name: "kro",
  description: "Expands custom resources into the objects that a graph says",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.userInstances !== undefined,
  dependsOn: ["priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: kroNamespace,
  chart: {
    repository: "oci://registry.k8s.io/kro/charts",
    name: "kro",
    version: "0.9.4",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: ["/Service", "/ServiceAccount", "apps/Deployment", "monitoring.coreos.com/ServiceMonitor"],
    },
    values: ({ cluster, capabilities }): KroValues => ({
      rbac: { mode: "aggregation" },
      deployment: {
        replicaCount: replicas(cluster),
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } },
        securityContext: { ...restricted, runAsUser: 1000 },
        topologySpreadConstraints: spread(selector),
        priorityClassName: platformPriority,
      },
      config: {
        // One by one, and ten a second, a morning's sign-ins would wait for each other.
        dynamicControllerConcurrentReconciles: 8,
        dynamicControllerRateLimiterRateLimit: 100,
        logEncoder: "json",
      },
      metrics: {
        service: { create: capabilities.monitoring !== undefined },
        serviceMonitor: { enabled: capabilities.monitoring !== undefined },
      },
    }),
  },
  render: (stage, { capabilities }) => {
    // The chart has none.
    stage.add(k8s.KubePodDisruptionBudget, "kro", {
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        selector: { matchLabels: selector },
        unhealthyPodEvictionPolicy: "AlwaysAllow",
      },
    });
    flows(stage, [...scraped(capabilities, pods), { from: pods, to: kubernetesApi }]);
  },
});
