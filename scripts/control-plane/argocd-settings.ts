import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { fields, list, stringMap, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { fileBeside } from "../tools/find.ts";

export const argoCdNamespace = "argocd";
/** As the chart names it, with the `fullnameOverride` of our values. */
export const controllerAccount = {
  namespace: argoCdNamespace,
  name: "argocd-application-controller",
} as const;
export const repoServerAccount = { namespace: argoCdNamespace, name: "argocd-repo-server" } as const;

/** What Argo CD is told: what its chart would make of our values. */
export interface ArgoCdSettings {
  /** Data of the ConfigMap argocd-cm. */
  readonly config: Readonly<Record<string, string>>;
  /** Data of the ConfigMap argocd-cmd-params-cm. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Argo CD's own settings, and over them those of the chart values' `configs.cm` and `configs.params`. */
export function settingsFrom(argocd: string, values: string | undefined): ArgoCdSettings {
  const own: unknown = load(readFileSync(fileBeside(argocd, "argocd-cm.yaml"), "utf8"));
  const given: unknown = values === undefined ? {} : load(values);
  return {
    config: { ...stringMap(own, "data"), ...asText(fields(given, "configs", "cm")) },
    parameters: asText(fields(given, "configs", "params")),
  };
}

/** ConfigMaps hold text, where values may be numbers and switches. */
function asText(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) =>
      typeof value === "object" || value === undefined ? [] : [[key, String(value)]],
    ),
  );
}

/** Which variables its manifest fills from the two ConfigMaps, filled. */
export function environmentFrom(manifest: string, { config, parameters }: ArgoCdSettings) {
  const sources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "argocd-cm": config,
    "argocd-cmd-params-cm": parameters,
  };
  const workload: unknown = load(readFileSync(manifest, "utf8"));
  const containers = list(workload, "spec", "template", "spec", "containers");
  const variables = containers.flatMap((container) => list(container, "env"));
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const from = text(variable, "valueFrom", "configMapKeyRef", "name") ?? "";
      const key = text(variable, "valueFrom", "configMapKeyRef", "key") ?? "";
      const value = sources[from]?.[key];
      return value === undefined ? [] : [[text(variable, "name") ?? "", value]];
    }),
  );
}

/** The objects without which the controller does not start, and the rights that its chart gives it. */
export function settingsObjects({ config, parameters }: ArgoCdSettings): readonly KubernetesObject[] {
  return [
    configMap("argocd-cm", config),
    configMap("argocd-cmd-params-cm", parameters),
    configMap("argocd-rbac-cm", {}),
    {
      ...object("v1", "Secret", "argocd-secret"),
      // Signs logins to a web server that does not run here.
      stringData: { "server.secretkey": randomBytes(32).toString("base64") },
    },
    ...[controllerAccount, repoServerAccount].map(({ name }) => object("v1", "ServiceAccount", name)),
    ...clusterAdmin("argocd-application-controller", controllerAccount),
    ...reader(),
  ];
}

/** Both reconcilers may do everything; what a slice may do is bounded by its AppProject or by impersonation. */
export function clusterAdmin(
  name: string,
  account: { readonly namespace: string; readonly name: string },
): readonly KubernetesObject[] {
  return [
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: `slipway-live-${name}` },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", ...account }],
    },
  ];
}

/** The repo-server reads its settings and nothing else. */
function reader(): readonly KubernetesObject[] {
  const name = "slipway-live-argocd-repo-server";
  return [
    {
      ...object("rbac.authorization.k8s.io/v1", "Role", name),
      rules: [{ apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["get", "list", "watch"] }],
    },
    {
      ...object("rbac.authorization.k8s.io/v1", "RoleBinding", name),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", ...repoServerAccount }],
    },
  ];
}

function configMap(name: string, data: Readonly<Record<string, string>>): KubernetesObject {
  return { ...object("v1", "ConfigMap", name), data: { ...data } };
}

/** Argo CD looks for its settings by this label. */
function object(apiVersion: string, kind: string, name: string): KubernetesObject {
  const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "argocd" };
  return { apiVersion, kind, metadata: { name, namespace: argoCdNamespace, labels } };
}
