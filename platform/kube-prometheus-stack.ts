import { defineAddon, secret } from "#synth";
import { dashboards } from "./monitoring/dashboards.ts";
import { monitoringFlows } from "./monitoring/flows.ts";
import { monitoringNamespace } from "./monitoring/namespace.ts";
import { receiverKeys, receiversSecret } from "./monitoring/receivers.ts";
import { monitoringValues } from "./monitoring/values.ts";

/** Grafana's administrator; the password lies at `kube-prometheus-stack/grafana-admin` in the secret store. */
const grafanaAdmin = "grafana-admin";

export const kubePrometheusStack = defineAddon({
  name: "kube-prometheus-stack",
  description: "Prometheus with its operator, Alertmanager and Grafana",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.monitoring !== undefined,
  provides: ["monitoring"],
  needs: ["monitoring", "blockStorage", "secretStore"],
  dependsOn: ["priority-classes", "prometheus-operator-crds", "cert-manager"],
  namespace: monitoringNamespace,
  chart: {
    repository: "https://prometheus-community.github.io/helm-charts",
    name: "kube-prometheus-stack",
    version: "88.5.3",
    kinds: {
      cluster: [
        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
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
        "monitoring.coreos.com/Alertmanager",
        "monitoring.coreos.com/Prometheus",
        "monitoring.coreos.com/PrometheusRule",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
      // The Service by which it finds CoreDNS.
      alsoIn: ["kube-system"],
    },
    values: ({ cluster, capabilities }) =>
      monitoringValues({
        cluster,
        retentionDays: capabilities.monitoring.retentionDays,
        storageClassName: capabilities.blockStorage.className,
        grafanaAdmin,
        receivers: capabilities.monitoring.receivers,
      }),
  },
  render: (stage, { capabilities }) => {
    secret(stage, grafanaAdmin, {
      keys: ["admin-password"],
      template: { "admin-user": "admin" },
    });
    const { receivers, dashboards: ofApps = [] } = capabilities.monitoring;
    if (receivers) secret(stage, receiversSecret, { keys: receiverKeys(receivers) });
    dashboards(stage, ofApps);
    monitoringFlows(stage, capabilities);
  },
});
