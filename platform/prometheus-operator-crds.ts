import { defineAddon } from "#synth";
import { monitoringNamespace } from "./monitoring/namespace.ts";
import type { PrometheusOperatorCrdsValues } from "./values/prometheus-operator-crds.ts";

/**
 * The kinds of the Prometheus operator, before every controller that comes with a ServiceMonitor. The operator
 * itself follows later, because it needs volumes, certificates and secrets.
 */
export const prometheusOperatorCrds = defineAddon({
  name: "prometheus-operator-crds",
  description: "Kinds of the Prometheus operator: ServiceMonitor, PrometheusRule and the like",
  layer: "foundation",
  wanted: ({ capabilities }) => capabilities.monitoring !== undefined,
  namespace: monitoringNamespace,
  chart: {
    repository: "https://prometheus-community.github.io/helm-charts",
    name: "prometheus-operator-crds",
    // The operator of kube-prometheus-stack is of the same v0.93.1: raise both together.
    version: "31.0.1",
    kinds: { cluster: ["apiextensions.k8s.io/CustomResourceDefinition"], namespaced: [] },
    values: (): PrometheusOperatorCrdsValues => ({}),
  },
});
