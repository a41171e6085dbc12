import { prometheusNamespace } from "#synth";

/** Where Prometheus and what belongs to it live; those who share it declare it alike. */
export const monitoringNamespace = {
  name: prometheusNamespace,
  podSecurity: "privileged",
  because: "node-exporter reads the host's processes, network and file systems",
} as const;
