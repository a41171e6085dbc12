/**
 * Kubernetes' own namespace, where the add-ons live that nodes and volumes cannot do without.
 * Everything here declares the same level, because CSI node drivers need the host.
 */
export const kubeSystem = {
  name: "kube-system",
  podSecurity: "privileged",
  because: "CSI node drivers mount volumes on the host, and Kubernetes' own pods run here",
} as const;
