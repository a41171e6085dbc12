import { standInMark } from "../mark.ts";
import { podFields } from "./workload.ts";
import type { ValuePath, Workload } from "./workload.ts";

/** The Go expression that reads a value; `index` takes names that hold hyphens. */
export function valueAt(path: ValuePath): string {
  return `index .Values ${path
    .split(".")
    .map((name) => JSON.stringify(name))
    .join(" ")}`;
}

/** A field that is written where the value is set to something. */
function optional(depth: number, field: string, path: ValuePath | undefined): string {
  if (path === undefined) return "";
  return `{{- with ${valueAt(path)} }}\n${" ".repeat(depth)}${field}: {{ toJson . }}\n{{- end }}\n`;
}

function labelsOf(workload: Workload): Readonly<Record<string, string>> {
  return (
    workload.labels ?? {
      "app.kubernetes.io/name": workload.name,
      "app.kubernetes.io/instance": "{{ .Release.Name }}",
    }
  );
}

/** What stands for a program that is not there; nothing pulls it, since the nodes are simulated. */
const image = "slipway.dev/stand-in/{{ .Chart.Name }}:{{ .Chart.Version }}";

const mark = `${standInMark}: "chart-{{ .Chart.Name }}"`;

/** As strict as Pod Security's restricted; the agents of a node instead use what they are privileged for. */
function security({ host }: Workload): { readonly pod: string; readonly container: string } {
  if (host === true) {
    return {
      pod: `      hostNetwork: true\n      volumes: [{ name: host, hostPath: { path: /var/log } }]\n`,
      container: `          volumeMounts: [{ name: host, mountPath: /var/log, readOnly: true }]\n`,
    };
  }
  return {
    pod: `      securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: RuntimeDefault } }\n`,
    container: `          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }\n`,
  };
}

/** Templates of a workload, its service account and its disruption budget. */
export function workloadTemplate(workload: Workload): string {
  const { name, kind, at } = workload;
  const account = workload.account ?? name;
  return [accountTemplate(account, at.identity), podsTemplate(workload, account), budgetTemplate(workload)]
    .filter((part) => part !== "")
    .join("---\n");

  function budgetTemplate(workload: Workload): string {
    if (at.maxUnavailable === undefined || kind === "DaemonSet") return "";
    return `{{- with ${valueAt(at.maxUnavailable)} }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: "${name}", namespace: {{ $.Release.Namespace }}, labels: { ${mark.replace(".Chart", "$.Chart")} } }
spec:
  maxUnavailable: {{ . }}
  selector: { matchLabels: ${JSON.stringify(labelsOf(workload)).replaceAll("{{ .", "{{ $.")} }
{{- end }}
`;
  }
}

function accountTemplate(name: string, annotations: ValuePath | undefined): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: "${name}"
  namespace: {{ .Release.Namespace }}
  labels: { ${mark} }
${optional(2, "annotations", annotations)}`;
}

function podsTemplate(workload: Workload, account: string): string {
  const { kind, name, at } = workload;
  const labels = JSON.stringify(labelsOf(workload));
  const { pod, container } = security(workload);
  const replicas =
    kind === "DaemonSet" || at.replicas === undefined ? "" : `  replicas: {{ ${valueAt(at.replicas)} }}\n`;
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: "${name}"
  namespace: {{ .Release.Namespace }}
  labels: { ${mark} }
spec:
${replicas}${kind === "StatefulSet" ? `  serviceName: "${name}"\n` : ""}  selector:
    matchLabels: ${labels}
  template:
    metadata:
      labels: ${labels}
      annotations: { ${mark} }
    spec:
      serviceAccountName: "${account}"
${pod}${ownFields(workload)}${podFields.map((field) => optional(6, field, at[field])).join("")}      containers:
        - name: stand-in
          image: "${image}"
${container}${optional(10, "env", at.env)}${optional(10, "resources", at.resources)}`;
}

/** What the chart sets by itself and takes from no value. */
function ownFields({ at, tolerations, priorityClassName }: Workload): string {
  const fields = { tolerations, priorityClassName };
  return Object.entries(fields)
    .filter(([name, value]) => value !== undefined && !(name in at))
    .map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`)
    .join("");
}
