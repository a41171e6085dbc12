import { defineAddon } from "#synth";
import { platformPriority } from "./priority-classes.ts";
import type { TraefikValues } from "./values/traefik.ts";

/** Uploads and event streams last as long as they last; a silent connection goes after ten minutes. */
const transport = {
  respondingTimeouts: { readTimeout: "0s", writeTimeout: "0s", idleTimeout: "600s" },
} as const;

export const traefik = defineAddon({
  name: "traefik",
  description: "Ingress on the nodes' own ports 80 and 443",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.ingress?.controller === "traefik",
  provides: ["ingress"],
  needs: ["ingress"],
  dependsOn: ["priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: {
    name: "traefik",
    podSecurity: "privileged",
    because: "it listens on ports of the node, because the cluster has no load balancer",
    // Everybody may come in, and it goes to every pod that an Ingress names.
    defaultDeny: false,
  },
  chart: {
    repository: "oci://ghcr.io/traefik/helm",
    name: "traefik",
    version: "41.3.0",
    kinds: {
      cluster: [
        "apiextensions.k8s.io/CustomResourceDefinition",
        "networking.k8s.io/IngressClass",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: ["/Service", "/ServiceAccount", "apps/DaemonSet", "monitoring.coreos.com/ServiceMonitor"],
    },
    values: ({ capabilities }): TraefikValues => ({
      deployment: { kind: "DaemonSet" },
      updateStrategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      // kind maps the machine's ports to its control-plane node.
      tolerations: [
        {
          key: "node-role.kubernetes.io/control-plane",
          operator: "Exists",
          effect: "NoSchedule",
        },
      ],
      ports: { web: { hostPort: 80, transport }, websecure: { hostPort: 443, transport } },
      service: { spec: { type: "ClusterIP" } },
      ingressClass: {
        enabled: true,
        isDefaultClass: true,
        name: capabilities.ingress.controller,
      },
      providers: {
        // Middlewares, by which an Ingress limits requests.
        kubernetesCRD: { enabled: true },
        kubernetesIngress: {
          // An Ingress is healthy once it has an address; a ClusterIP Service has none to give.
          publishedService: { enabled: false },
          ingressEndpoint: { hostname: "localhost" },
        },
      },
      global: { checkNewVersion: false, sendAnonymousUsage: false },
      accessLog: { enabled: true },
      priorityClassName: platformPriority,
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      metrics: {
        prometheus: {
          service: { enabled: capabilities.monitoring !== undefined },
          serviceMonitor: { enabled: capabilities.monitoring !== undefined },
        },
      },
    }),
  },
});
