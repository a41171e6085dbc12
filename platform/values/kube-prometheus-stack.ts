import type { AlertmanagerConfig } from "./alertmanager.ts";
import type { ContainerSecurityValues, ResourceValues, SpreadValues } from "./pod.ts";

interface Switch {
  readonly enabled: boolean;
}

/** Keeps one available: for more than one replica only, or it stops every drain. */
type Budget = Switch;

interface ClaimTemplate {
  readonly volumeClaimTemplate: {
    readonly spec: {
      readonly storageClassName: string;
      readonly accessModes: readonly ["ReadWriteOnce"];
      readonly resources: { readonly requests: { readonly storage: string } };
    };
  };
}

interface ServerSpec {
  readonly replicas: number;
  readonly resources: ResourceValues;
  readonly priorityClassName: string;
  readonly topologySpreadConstraints: readonly SpreadValues[];
}

interface PrometheusSpec extends ServerSpec {
  readonly retention: `${number}d`;
  /** Bytes after which the oldest goes, whatever its age. */
  readonly retentionSize: string;
  readonly scrapeInterval: `${number}s`;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly storageSpec: ClaimTemplate;
  /** True would read the monitors of this release only. */
  readonly serviceMonitorSelectorNilUsesHelmValues: false;
  readonly podMonitorSelectorNilUsesHelmValues: false;
  readonly ruleSelectorNilUsesHelmValues: false;
  readonly probeSelectorNilUsesHelmValues: false;
  readonly scrapeConfigSelectorNilUsesHelmValues: false;
}

/**
 * Keys that we set of chart kube-prometheus-stack 88.5.3 (operator v0.93.1; Grafana chart 12.11.1, kube-state-metrics
 * 8.4.0, node-exporter 4.56.1). None of these charts has a schema: they take a misspelt key silently.
 */
export interface KubePrometheusStackValues {
  readonly crds: Switch;
  readonly prometheus: {
    readonly podDisruptionBudget: Budget;
    readonly prometheusSpec: PrometheusSpec;
  };
  readonly alertmanager: {
    readonly podDisruptionBudget: Budget;
    /** Default: the chart's, which tells nobody. */
    readonly config?: AlertmanagerConfig;
    readonly alertmanagerSpec: ServerSpec & {
      /** Secrets to mount, as files at `/etc/alertmanager/secrets/<name>/<key>`. */
      readonly secrets?: readonly string[];
      readonly storage: ClaimTemplate;
      readonly retention: `${number}h`;
    };
  };
  readonly prometheusOperator: {
    readonly resources: ResourceValues;
    readonly priorityClassName: string;
    readonly kubeletEndpointsEnabled: boolean;
    readonly kubeletEndpointSliceEnabled: boolean;
    readonly prometheusConfigReloader: { readonly resources: ResourceValues };
    readonly admissionWebhooks: {
      readonly failurePolicy: "Ignore" | "Fail";
      readonly certManager: Switch;
      readonly patch: Switch;
    };
  };
  readonly grafana: {
    readonly admin: {
      readonly existingSecret: string;
      readonly userKey: string;
      readonly passwordKey: string;
    };
    readonly replicas: number;
    readonly resources: ResourceValues;
    readonly priorityClassName: string;
    readonly podDisruptionBudget: { readonly maxUnavailable: number };
    readonly testFramework: Switch;
    /** Otherwise it may read the Secrets of every namespace. */
    readonly rbac: { readonly namespaced: boolean };
    readonly sidecar: {
      readonly resources: ResourceValues;
      readonly dashboards: { readonly resource: "configmap"; readonly searchNamespace: string };
      readonly datasources: { readonly resource: "configmap"; readonly searchNamespace: string };
    };
    readonly "grafana.ini": {
      readonly analytics: {
        readonly check_for_updates: boolean;
        readonly reporting_enabled: boolean;
      };
      readonly "auth.anonymous": Switch;
      readonly users: { readonly allow_sign_up: boolean };
    };
  };
  readonly "kube-state-metrics": {
    readonly resources: ResourceValues;
    readonly priorityClassName: string;
    readonly podDisruptionBudget: { readonly maxUnavailable: number };
  };
  readonly "prometheus-node-exporter": {
    readonly resources: ResourceValues;
    readonly priorityClassName: string;
    readonly containerSecurityContext: ContainerSecurityValues;
    readonly tolerations: readonly { readonly operator: "Exists" }[];
  };
  /** Parts of the control plane that no pod can reach. */
  readonly kubeEtcd: Switch;
  readonly kubeScheduler: Switch;
  readonly kubeControllerManager: Switch;
  readonly kubeProxy: Switch;
  readonly defaultRules: {
    readonly rules: Readonly<
      Record<
        "etcd" | "kubeControllerManager" | "kubeSchedulerAlerting" | "kubeSchedulerRecording" | "kubeProxy",
        false
      >
    >;
  };
}
