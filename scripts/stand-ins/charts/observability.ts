import type { StandInChart } from "./chart.ts";
import { below } from "./workload.ts";

const everywhere = [{ operator: "Exists" }] as const;

/** What the stack's operator turns into StatefulSets; scripts/stand-ins/prometheus.ts stands in for it. */
function monitored(kind: "Prometheus" | "Alertmanager", values: string, storage: string): string {
  const name = kind.toLowerCase();
  return `apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata:
  name: kube-prometheus-stack-${name}
  namespace: {{ .Release.Namespace }}
  labels: { slipway.dev/stand-in: chart-kube-prometheus-stack }
spec:
{{- with index .Values "${name}" "${values}" }}
  replicas: {{ .replicas | default 1 }}
  {{- range $field := list "retention" "resources" "priorityClassName" "topologySpreadConstraints" "tolerations" }}
  {{- with index $.Values "${name}" "${values}" $field }}
  {{ $field }}: {{ toJson . }}
  {{- end }}
  {{- end }}
  {{- with .${storage} }}
  storage: {{ toJson . }}
  {{- end }}
{{- end }}
`;
}

const release = { "app.kubernetes.io/instance": "{{ .Release.Name }}" };

/** Charts for metrics, logs and traces. */
export const observabilityCharts: Readonly<Record<string, StandInChart>> = {
  "prometheus-operator-crds": { definitions: {} },
  "kube-prometheus-stack": {
    workloads: [
      {
        kind: "Deployment",
        name: "kube-prometheus-stack-operator",
        labels: { app: "kube-prometheus-stack-operator", release: "{{ .Release.Name }}" },
        at: {
          resources: "prometheusOperator.resources",
          priorityClassName: "prometheusOperator.priorityClassName",
        },
      },
      {
        kind: "Deployment",
        name: "kube-prometheus-stack-grafana",
        labels: { "app.kubernetes.io/name": "grafana", ...release },
        at: below("grafana.", "replicas"),
      },
      {
        kind: "Deployment",
        name: "kube-prometheus-stack-kube-state-metrics",
        labels: { "app.kubernetes.io/name": "kube-state-metrics", ...release },
        at: below("kube-state-metrics.", "replicas"),
      },
      {
        kind: "DaemonSet",
        name: "kube-prometheus-stack-prometheus-node-exporter",
        labels: { "app.kubernetes.io/name": "prometheus-node-exporter", ...release },
        at: below("prometheus-node-exporter."),
        host: true,
      },
    ],
    switches: ["prometheus.prometheusSpec", "alertmanager.alertmanagerSpec"],
    templates: {
      "prometheus.yaml": monitored("Prometheus", "prometheusSpec", "storageSpec"),
      "alertmanager.yaml": monitored("Alertmanager", "alertmanagerSpec", "storage"),
    },
  },
  "prometheus-adapter": {
    workloads: [{ kind: "Deployment", name: "prometheus-adapter", at: below("", "replicas") }],
  },
  "fluent-bit": {
    workloads: [{ kind: "DaemonSet", name: "fluent-bit", at: { ...below(""), env: "env" }, host: true }],
  },
  datadog: {
    workloads: [
      {
        kind: "Deployment",
        name: "datadog-cluster-agent",
        labels: { app: "datadog-cluster-agent" },
        at: { ...below("clusterAgent.", "replicas"), maxUnavailable: "clusterAgent.pdb.maxUnavailable" },
      },
      {
        kind: "DaemonSet",
        name: "datadog",
        labels: { app: "datadog" },
        account: "datadog-agent",
        at: { ...below("agents."), resources: "agents.containers.agent.resources" },
        host: true,
      },
    ],
  },
  "amazon-cloudwatch-observability": {
    workloads: [
      {
        kind: "Deployment",
        name: "amazon-cloudwatch-observability-controller-manager",
        labels: {
          "app.kubernetes.io/name": "amazon-cloudwatch-observability",
          "control-plane": "controller-manager",
        },
        at: { resources: "manager.resources", tolerations: "manager.tolerations" },
      },
      {
        kind: "DaemonSet",
        name: "cloudwatch-agent",
        at: { resources: "agent.resources" },
        host: true,
        tolerations: everywhere,
        priorityClassName: "system-node-critical",
      },
      {
        kind: "DaemonSet",
        name: "fluent-bit",
        account: "fluent-bit",
        at: { resources: "containerLogs.fluentBit.resources" },
        host: true,
        tolerations: everywhere,
      },
    ],
  },
};
