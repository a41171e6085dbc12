/** Series that kube-prometheus-stack's own targets export, as far as rules and dashboards here name them. */
export const platformMetrics: readonly string[] = [
  // Prometheus itself
  "ALERTS",
  "up",
  // the kubelet's cAdvisor
  "container_cpu_usage_seconds_total",
  "container_memory_working_set_bytes",
  // kube-state-metrics
  "kube_horizontalpodautoscaler_spec_max_replicas",
  "kube_horizontalpodautoscaler_status_current_replicas",
  "kube_node_status_allocatable",
  "kube_node_status_condition",
  "kube_pod_container_resource_limits",
  "kube_pod_container_resource_requests",
  "kube_pod_container_status_restarts_total",
  "kube_pod_status_ready",
  // node-exporter
  "node_cpu_seconds_total",
  "node_memory_MemAvailable_bytes",
  "node_memory_MemTotal_bytes",
  "node_filesystem_avail_bytes",
  "node_filesystem_size_bytes",
];
