import type { StandInChart } from "./chart.ts";
import { below } from "./workload.ts";
import type { ValuePlaces, Workload } from "./workload.ts";

function argoCd(component: string, values: string, kind: Workload["kind"] = "Deployment"): Workload {
  const at: ValuePlaces = {
    ...below(`${values}.`, "replicas"),
    maxUnavailable: `${values}.pdb.maxUnavailable`,
    priorityClassName: "global.priorityClassName",
    topologySpreadConstraints: "global.topologySpreadConstraints",
  };
  return { kind, name: `argocd-${component}`, at };
}

function kedaPart(name: string, part: "operator" | "metricsServer" | "webhooks"): Workload {
  const singular = part === "metricsServer" ? "metricServer" : part;
  return {
    kind: "Deployment",
    name,
    labels: { app: name },
    at: {
      replicas: `${part}.replicaCount`,
      resources: `resources.${singular}`,
      maxUnavailable: `podDisruptionBudget.${singular}.maxUnavailable`,
      topologySpreadConstraints: `topologySpreadConstraints.${part}`,
      priorityClassName: "priorityClassName",
      nodeSelector: "nodeSelector",
      tolerations: "tolerations",
      identity: `serviceAccount.${part}.annotations`,
    },
  };
}

function settings(name: string, values: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: {{ .Release.Namespace }}
  labels: { slipway.dev/stand-in: chart-argo-cd, app.kubernetes.io/part-of: argocd }
data:
{{- range $key, $value := index .Values "configs" "${values}" }}
  {{ $key }}: {{ $value | toString | quote }}
{{- end }}
`;
}

/** Charts that deliver and scale apps. */
export const deliveryCharts: Readonly<Record<string, StandInChart>> = {
  "argo-cd": {
    definitions: { when: "crds.install", keep: true },
    workloads: [
      argoCd("application-controller", "controller", "StatefulSet"),
      argoCd("server", "server"),
      argoCd("repo-server", "repoServer"),
      argoCd("applicationset-controller", "applicationSet"),
      argoCd("redis", "redis"),
    ],
    switches: ["configs.cm", "configs.rbac", "configs.params"],
    templates: {
      "settings.yaml": [
        settings("argocd-cm", "cm"),
        settings("argocd-rbac-cm", "rbac"),
        settings("argocd-cmd-params-cm", "params"),
      ].join("---\n"),
    },
  },
  "argo-rollouts": {
    definitions: {},
    workloads: [
      {
        kind: "Deployment",
        name: "argo-rollouts",
        labels: {
          "app.kubernetes.io/component": "rollouts-controller",
          "app.kubernetes.io/instance": "{{ .Release.Name }}",
        },
        at: {
          ...below("controller.", "replicas"),
          maxUnavailable: "controller.pdb.maxUnavailable",
          identity: "serviceAccount.annotations",
        },
      },
    ],
  },
  "flux-operator": {
    definitions: { when: "installCRDs" },
    workloads: [{ kind: "Deployment", name: "flux-operator", at: below("") }],
  },
  kro: {
    definitions: { folder: "crds" },
    workloads: [
      {
        kind: "Deployment",
        name: "kro",
        labels: { "app.kubernetes.io/name": "kro", "app.kubernetes.io/instance": "{{ .Release.Name }}" },
        at: {
          replicas: "deployment.replicaCount",
          resources: "deployment.resources",
          priorityClassName: "deployment.priorityClassName",
          topologySpreadConstraints: "deployment.topologySpreadConstraints",
          nodeSelector: "deployment.nodeSelector",
          tolerations: "deployment.tolerations",
        },
      },
    ],
  },
  keda: {
    definitions: {},
    workloads: [
      kedaPart("keda-operator", "operator"),
      kedaPart("keda-operator-metrics-apiserver", "metricsServer"),
      kedaPart("keda-admission-webhooks", "webhooks"),
    ],
  },
};
