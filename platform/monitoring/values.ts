import type { AlertReceivers, ClusterView } from "#synth";
import { platformPriority } from "../priority-classes.ts";
import { replicas } from "../replicas.ts";
import type { KubePrometheusStackValues } from "../values/kube-prometheus-stack.ts";
import { restricted, spread } from "../values/pod.ts";
import { monitoringNamespace } from "./namespace.ts";
import { alertmanagerConfig, receiversSecret } from "./receivers.ts";

interface MonitoringParameters {
  readonly cluster: ClusterView;
  readonly retentionDays: number;
  readonly storageClassName: string;
  /** Secret with Grafana's administrator. */
  readonly grafanaAdmin: string;
  /** Undefined where nobody is told of alerts. */
  readonly receivers: AlertReceivers | undefined;
}

/** Prometheus' volume, and how much of it the series may fill: a full disk stops Prometheus. */
const volume = { size: "50Gi", retentionSize: "44GiB" };

const off = { enabled: false };

export function monitoringValues(parameters: MonitoringParameters): KubePrometheusStackValues {
  return {
    // prometheus-operator-crds brings them, and earlier.
    crds: off,
    prometheus: prometheus(parameters),
    alertmanager: alertmanager(parameters),
    prometheusOperator: {
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      priorityClassName: platformPriority,
      kubeletEndpointsEnabled: false,
      kubeletEndpointSliceEnabled: true,
      prometheusConfigReloader: {
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
      },
      // Ignore, because the stack's own rules arrive together with the operator that judges them.
      admissionWebhooks: { failurePolicy: "Ignore", certManager: { enabled: true }, patch: off },
    },
    grafana: grafana(parameters),
    "kube-state-metrics": {
      resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      priorityClassName: platformPriority,
      podDisruptionBudget: { maxUnavailable: 1 },
    },
    "prometheus-node-exporter": {
      resources: { requests: { cpu: "25m", memory: "32Mi" }, limits: { memory: "64Mi" } },
      priorityClassName: platformPriority,
      containerSecurityContext: restricted,
      tolerations: [{ operator: "Exists" }],
    },
    // AWS runs these on EKS, and on kind they listen to their own node only; so does kube-proxy on both.
    kubeEtcd: off,
    kubeScheduler: off,
    kubeControllerManager: off,
    kubeProxy: off,
    defaultRules: {
      rules: {
        etcd: false,
        kubeControllerManager: false,
        kubeSchedulerAlerting: false,
        kubeSchedulerRecording: false,
        kubeProxy: false,
      },
    },
  };
}

function prometheus(parameters: MonitoringParameters): KubePrometheusStackValues["prometheus"] {
  const { cluster, retentionDays, storageClassName } = parameters;
  return {
    podDisruptionBudget: { enabled: replicas(cluster) > 1 },
    prometheusSpec: {
      replicas: replicas(cluster),
      retention: `${retentionDays}d`,
      retentionSize: volume.retentionSize,
      scrapeInterval: "30s",
      externalLabels: { cluster: cluster.name },
      resources: { requests: { cpu: "200m", memory: "1Gi" }, limits: { memory: "3Gi" } },
      priorityClassName: platformPriority,
      topologySpreadConstraints: spread({
        "operator.prometheus.io/name": "kube-prometheus-stack-prometheus",
      }),
      storageSpec: claim(storageClassName, volume.size),
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
    },
  };
}

function alertmanager(parameters: MonitoringParameters): KubePrometheusStackValues["alertmanager"] {
  const { cluster, storageClassName, receivers } = parameters;
  return {
    podDisruptionBudget: { enabled: replicas(cluster) > 1 },
    ...(receivers && { config: alertmanagerConfig(receivers) }),
    alertmanagerSpec: {
      ...(receivers && { secrets: [receiversSecret] }),
      replicas: replicas(cluster),
      retention: "120h",
      resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "128Mi" } },
      priorityClassName: platformPriority,
      topologySpreadConstraints: spread({ alertmanager: "kube-prometheus-stack-alertmanager" }),
      storage: claim(storageClassName, "1Gi"),
    },
  };
}

/** One replica without a volume: its dashboards and its source are ConfigMaps, and there is nothing else to lose. */
function grafana({ grafanaAdmin }: MonitoringParameters): KubePrometheusStackValues["grafana"] {
  const here = { resource: "configmap", searchNamespace: monitoringNamespace.name } as const;
  return {
    admin: {
      existingSecret: grafanaAdmin,
      userKey: "admin-user",
      passwordKey: "admin-password",
    },
    replicas: 1,
    resources: { requests: { cpu: "50m", memory: "192Mi" }, limits: { memory: "384Mi" } },
    priorityClassName: platformPriority,
    podDisruptionBudget: { maxUnavailable: 1 },
    testFramework: off,
    rbac: { namespaced: true },
    sidecar: {
      resources: { requests: { cpu: "10m", memory: "96Mi" }, limits: { memory: "192Mi" } },
      dashboards: here,
      datasources: here,
    },
    "grafana.ini": {
      analytics: { check_for_updates: false, reporting_enabled: false },
      "auth.anonymous": off,
      users: { allow_sign_up: false },
    },
  };
}

function claim(storageClassName: string, storage: string) {
  return {
    volumeClaimTemplate: {
      spec: {
        storageClassName,
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage } },
      },
    },
  } as const;
}
