import type { GroupKind } from "../objects/group-kind.ts";
import type { Slice } from "../resolve/slice.ts";

/** What bounds a namespace, in the slice that makes it. */
const ofNamespaces: readonly GroupKind[] = [
  "/LimitRange",
  "/ResourceQuota",
  "networking.k8s.io/NetworkPolicy",
];

/** What stands beside a chart. */
const ofAddons: readonly GroupKind[] = [
  "cert-manager.io/Certificate",
  "cert-manager.io/Issuer",
  "external-secrets.io/ExternalSecret",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/ServiceMonitor",
  "networking.k8s.io/Ingress",
  "networking.k8s.io/NetworkPolicy",
  "policy/PodDisruptionBudget",
];

const ofApps: readonly GroupKind[] = [
  ...ofAddons,
  "/ConfigMap",
  "/LimitRange",
  "/PersistentVolumeClaim",
  "/ResourceQuota",
  "/Service",
  "/ServiceAccount",
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/StatefulSet",
  "argoproj.io/AnalysisTemplate",
  "argoproj.io/Rollout",
  "autoscaling/HorizontalPodAutoscaler",
  "batch/CronJob",
  "batch/Job",
  "generators.external-secrets.io/Password",
  "keda.sh/ScaledObject",
  "keda.sh/TriggerAuthentication",
  "rbac.authorization.k8s.io/Role",
  "rbac.authorization.k8s.io/RoleBinding",
  "traefik.io/Middleware",
];

/**
 * Namespaced kinds that a slice's account or project has the right to at all times, where it holds things of its own. With
 * rights for no more than it holds at the moment, the commit that takes out its last object of a kind would take the
 * right to delete that along: Argo CD would leave it behind without a word, and Flux would stop there.
 */
export const standingKinds: Readonly<Record<Slice["kind"], readonly GroupKind[]>> = {
  namespaces: ofNamespaces,
  addon: ofAddons,
  placement: ofApps,
};
