import type { GroupKind } from "../objects/group-kind.ts";
import { stackGroup } from "./dist-object.ts";
import type { FieldPath } from "./field-path.ts";

/** What a change does to a running cluster, gravest first. */
export const effects = [
  "deletion",
  "storage",
  "access",
  "network",
  "rollout",
  "restart",
  "scale",
  "config",
] as const;
export type Effect = (typeof effects)[number];

/** One sentence on each, for people. */
export const effectTexts: Readonly<Record<Effect, string>> = {
  deletion: "objects go away",
  storage: "volumes or their classes change",
  access: "rights or accounts change",
  network: "who reaches what changes",
  rollout: "pods are replaced by different ones",
  restart: "the same pods start again, for what they read",
  scale: "the number of pods changes",
  config: "settings change",
};

const workloads: ReadonlySet<string> = new Set([
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/ReplicaSet",
  "apps/StatefulSet",
  "argoproj.io/Rollout",
  "batch/CronJob",
  "batch/Job",
  "/Pod",
]);

const byKind: Readonly<Partial<Record<string, Effect>>> = {
  "/PersistentVolume": "storage",
  "/PersistentVolumeClaim": "storage",
  "storage.k8s.io/StorageClass": "storage",
  "storage.k8s.io/CSIDriver": "storage",
  "/ServiceAccount": "access",
  "argoproj.io/AppProject": "access",
  "/Service": "network",
  "autoscaling/HorizontalPodAutoscaler": "scale",
  "keda.sh/ScaledObject": "scale",
  "argoproj.io/Application": "rollout",
  "helm.toolkit.fluxcd.io/HelmRelease": "rollout",
  "source.toolkit.fluxcd.io/OCIRepository": "rollout",
};

const byGroup: Readonly<Partial<Record<string, Effect>>> = {
  "rbac.authorization.k8s.io": "access",
  "networking.k8s.io": "network",
  "gateway.networking.k8s.io": "network",
  "traefik.io": "network",
  "elbv2.k8s.aws": "network",
  "snapshot.storage.k8s.io": "storage",
  [stackGroup("iam")]: "access",
  [stackGroup("secrets")]: "access",
  [stackGroup("network")]: "network",
  [stackGroup("waf")]: "network",
  [stackGroup("cert")]: "network",
  [stackGroup("dns")]: "network",
  [stackGroup("zone")]: "network",
  [stackGroup("storage")]: "storage",
  [stackGroup("ecr")]: "storage",
};

/** What the reconciler is told of an object. */
const reconcilerAnnotations = /^(?:argocd\.argoproj\.io|kustomize\.toolkit\.fluxcd\.io)\//;

/** What it does that an object of a kind comes, or changes as a whole. */
export function effectOfKind(kind: GroupKind): Effect {
  if (workloads.has(kind)) return "rollout";
  return byKind[kind] ?? byGroup[kind.slice(0, kind.indexOf("/"))] ?? "config";
}

/** What it does that one field changes. */
export function effectOfField(kind: GroupKind, path: FieldPath): Effect {
  if (path[0] === "metadata") return effectOfMetadata(kind, path);
  if (workloads.has(kind)) return effectInWorkload(path);
  if (kind === "argoproj.io/Application" || kind === "helm.toolkit.fluxcd.io/HelmRelease")
    return changesChart(path) ? "rollout" : "config";
  return effectOfKind(kind);
}

function effectOfMetadata(kind: GroupKind, path: FieldPath): Effect {
  const key = path[2] ?? "";
  if (key.startsWith("pod-security.kubernetes.io/") || key === "eks.amazonaws.com/role-arn") return "access";
  // Load balancers and ingress controllers take their orders from annotations; nobody does from those of a policy.
  const isOrder = path[1] === "annotations" && !reconcilerAnnotations.test(key);
  const isPolicy = kind === "networking.k8s.io/NetworkPolicy";
  return isOrder && !isPolicy && effectOfKind(kind) === "network" ? "network" : "config";
}

function effectInWorkload(path: FieldPath): Effect {
  if (path.includes("volumeClaimTemplates")) return "storage";
  const template = path.indexOf("template");
  if (template !== -1) return path[template + 1] === "metadata" ? "restart" : "rollout";
  const last = path.at(-1) ?? "";
  return ["replicas", "parallelism", "completions"].includes(last) ? "scale" : "config";
}

function changesChart(path: FieldPath): boolean {
  return path.some((part) =>
    ["chart", "targetRevision", "values", "valuesObject", "helm", "version"].includes(part),
  );
}
