import { defineAddon } from "#synth";
import type { FluxOperatorValues } from "./values/flux-operator.ts";

/**
 * Where Flux and its operator live. Flux brings its own policies, which close what comes in; one of ours that came
 * before them would lock out the only one who can correct it.
 */
export const fluxNamespace = { name: "flux-system", defaultDeny: false } as const;

/** The operator that installs and upgrades Flux as flux-instance.ts describes it. */
export const flux = defineAddon({
  name: "flux",
  description: "Operator that keeps Flux itself installed and up to date",
  layer: "controllers",
  installedFirst: true,
  wanted: ({ reconciler }) => reconciler === "flux",
  namespace: fluxNamespace,
  chart: {
    repository: "oci://ghcr.io/controlplaneio-fluxcd/charts",
    name: "flux-operator",
    version: "0.58.1",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: ["/Service", "/ServiceAccount", "apps/Deployment"],
    },
    values: (): FluxOperatorValues => ({
      fullnameOverride: "flux-operator",
      installCRDs: true,
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } },
      // One of Kubernetes' own: it is installed before any of ours, and before the kinds of a monitor.
      priorityClassName: "system-cluster-critical",
      reporting: { interval: "5m" },
      web: { enabled: false },
      serviceMonitor: { create: false },
    }),
  },
});
