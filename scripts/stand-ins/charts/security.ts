import type { StandInChart } from "./chart.ts";
import { below } from "./workload.ts";

/** Charts for certificates, secrets and what comes in from outside. */
export const securityCharts: Readonly<Record<string, StandInChart>> = {
  "cert-manager": {
    definitions: { when: "crds.enabled", keep: true },
    workloads: (["", "webhook.", "cainjector."] as const).map((prefix) => ({
      kind: "Deployment",
      name: prefix === "" ? "cert-manager" : `cert-manager-${prefix.slice(0, -1)}`,
      at: { ...below(prefix), priorityClassName: "global.priorityClassName" },
    })),
  },
  "external-secrets": {
    definitions: { when: "installCRDs" },
    workloads: [
      { kind: "Deployment", name: "external-secrets", at: below("") },
      { kind: "Deployment", name: "external-secrets-webhook", at: below("webhook.") },
    ],
  },
  "aws-load-balancer-controller": {
    definitions: { folder: "crds" },
    workloads: [
      {
        kind: "Deployment",
        name: "aws-load-balancer-controller",
        at: below(""),
        priorityClassName: "system-cluster-critical",
      },
    ],
  },
  traefik: {
    definitions: { folder: "crds" },
    workloads: [
      {
        kind: "DaemonSet",
        name: "traefik",
        at: { ...below(""), identity: "serviceAccountAnnotations" },
      },
    ],
    switches: ["ingressClass.enabled", "ingressClass.name", "ingressClass.isDefaultClass"],
    templates: {
      "ingress-class.yaml": `{{- if .Values.ingressClass.enabled }}
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: {{ .Values.ingressClass.name | default .Release.Name }}
  labels: { slipway.dev/stand-in: chart-traefik }
  annotations: { ingressclass.kubernetes.io/is-default-class: {{ .Values.ingressClass.isDefaultClass | quote }} }
spec: { controller: traefik.io/ingress-controller }
{{- end }}
`,
    },
  },
  "external-dns": {
    workloads: [{ kind: "Deployment", name: "external-dns", at: withoutReplicas() }],
  },
};

/** It knows no number of replicas: two would write each other's records. */
function withoutReplicas() {
  const { replicas: _one, maxUnavailable: _none, ...places } = below("");
  return places;
}
