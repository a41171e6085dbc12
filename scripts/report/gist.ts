import { groupKindOf } from "../../synth/objects/group-kind.ts";
import { field, fields, list, number, stringMap, strings, text } from "../../synth/objects/json-fields.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";
import { policyRuleText } from "../../synth/gates/reach.ts";
import { chartsOf } from "../../synth/changes/versions.ts";
import { valueText } from "./wording.ts";

/** What an object that comes or goes as a whole is about, as names and what they are: as much as a reviewer asks for first. */
export function gistOf(object: KubernetesObject): readonly (readonly [name: string, what: string])[] {
  const own = gists[groupKindOf(object)];
  const lines = own === undefined ? [] : own(object);
  const charts = chartsOf(object).map(({ name, version }) => ["chart", `${name} ${version}`] as const);
  return [...charts, ...lines].filter(([, what]) => what !== "");
}

type Gist = (object: KubernetesObject) => readonly (readonly [string, string])[];

const pods: Gist = (object) => {
  const replicas = number(object, "spec", "replicas");
  const path =
    object.kind === "CronJob"
      ? ["spec", "jobTemplate", "spec", "template", "spec"]
      : ["spec", "template", "spec"];
  return [
    ["replicas", replicas === undefined ? "" : String(replicas)],
    ["schedule", text(object, "spec", "schedule") ?? ""],
    [
      "images",
      list(object, ...path, "containers")
        .map((container) => valueText(text(container, "image")))
        .join(", "),
    ],
  ];
};

const role: Gist = (object) =>
  list(object, "rules").map((rule) => {
    const groups = strings(rule, "apiGroups").filter((group) => group !== "");
    const what = [...strings(rule, "resources"), ...strings(rule, "nonResourceURLs")].join(", ");
    const names = strings(rule, "resourceNames");
    return [
      "allows",
      `${strings(rule, "verbs").join(", ")} ${what}${groups.length === 0 ? "" : ` (${groups.join(", ")})`}${names.length === 0 ? "" : ` named ${names.join(", ")}`}`,
    ] as const;
  });

const binding: Gist = (object) => [
  ["role", `${text(object, "roleRef", "kind") ?? ""} ${text(object, "roleRef", "name") ?? ""}`],
  [
    "to",
    list(object, "subjects")
      .map((subject) =>
        [text(subject, "kind"), text(subject, "namespace"), text(subject, "name")]
          .filter((part) => part !== undefined)
          .join("/"),
      )
      .join(", "),
  ],
];

const gists: Readonly<Partial<Record<string, Gist>>> = {
  "apps/Deployment": pods,
  "apps/StatefulSet": pods,
  "apps/DaemonSet": pods,
  "batch/Job": pods,
  "batch/CronJob": pods,
  "rbac.authorization.k8s.io/Role": role,
  "rbac.authorization.k8s.io/ClusterRole": role,
  "rbac.authorization.k8s.io/RoleBinding": binding,
  "rbac.authorization.k8s.io/ClusterRoleBinding": binding,
  "networking.k8s.io/NetworkPolicy": (object) =>
    (["ingress", "egress"] as const).flatMap((direction) =>
      list(object, "spec", direction).map((rule) => [direction, policyRuleText(rule, direction)] as const),
    ),
  "networking.k8s.io/Ingress": (object) => [
    [
      "hosts",
      list(object, "spec", "rules")
        .map((rule) => text(rule, "host") ?? "any")
        .join(", "),
    ],
    ["class", text(object, "spec", "ingressClassName") ?? ""],
  ],
  "/Service": (object) => [
    ["type", text(object, "spec", "type") ?? "ClusterIP"],
    [
      "ports",
      list(object, "spec", "ports")
        .map((port) => `${number(port, "port") ?? ""}/${text(port, "protocol") ?? "TCP"}`)
        .join(", "),
    ],
  ],
  "/ServiceAccount": (object) => [
    ["AWS role", stringMap(object, "metadata", "annotations")["eks.amazonaws.com/role-arn"] ?? ""],
  ],
  "/ConfigMap": (object) => [["keys", Object.keys(fields(object, "data")).join(", ")]],
  "/PersistentVolumeClaim": (object) => [
    ["size", text(object, "spec", "resources", "requests", "storage") ?? ""],
    ["class", text(object, "spec", "storageClassName") ?? ""],
  ],
  "/Namespace": (object) => [
    [
      "pod security",
      stringMap(object, "metadata", "labels")["pod-security.kubernetes.io/enforce"] ?? "not enforced",
    ],
  ],
  "autoscaling/HorizontalPodAutoscaler": (object) => [
    [
      "replicas",
      `${number(object, "spec", "minReplicas") ?? 1} to ${number(object, "spec", "maxReplicas") ?? 1}`,
    ],
  ],
  "policy/PodDisruptionBudget": (object) =>
    ["maxUnavailable", "minAvailable"].map((name) => {
      const value = field(object, "spec", name);
      return [name, value === undefined ? "" : String(value)] as const;
    }),
};
