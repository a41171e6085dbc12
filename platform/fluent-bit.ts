import { defineAddon, flows, kubernetesApi, network, secret } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { fluentBitConfig } from "./logging/fluent-bit-config.ts";
import { scraped } from "./monitoring/scraped.ts";
import { platformPriority } from "./priority-classes.ts";
import type { FluentBitValues } from "./values/fluent-bit.ts";

const pods = chartPods("fluent-bit", {
  namespace: "logging",
  selector: { "app.kubernetes.io/name": "fluent-bit", "app.kubernetes.io/instance": "fluent-bit" },
  ports: { metrics: 2020 },
});

/** Who writes to Elasticsearch; its values lie at `fluent-bit/elasticsearch-writer` in the secret store. */
const writer = "elasticsearch-writer";
const elasticsearchPort = 9200;

export const fluentBit = defineAddon({
  name: "fluent-bit",
  description: "Ships container logs to Elasticsearch",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.logs?.backend === "elasticsearch",
  provides: ["logs"],
  needs: ["logs", "secretStore"],
  dependsOn: ["priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: {
    name: pods.namespace,
    podSecurity: "privileged",
    because: "container logs are files of the node, which root owns",
  },
  chart: {
    repository: "https://fluent.github.io/helm-charts",
    name: "fluent-bit",
    version: "0.58.1",
    kinds: {
      cluster: ["rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding"],
      namespaced: [
        "/ConfigMap",
        "/Service",
        "/ServiceAccount",
        "apps/DaemonSet",
        "monitoring.coreos.com/ServiceMonitor",
      ],
    },
    values: ({ cluster, capabilities }): FluentBitValues => ({
      testFramework: { enabled: false },
      resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
      priorityClassName: platformPriority,
      // Every node has logs, whatever its taints.
      tolerations: [{ operator: "Exists" }],
      podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      env: [
        {
          name: "ELASTICSEARCH_USERNAME",
          valueFrom: { secretKeyRef: { name: writer, key: "username" } },
        },
        {
          name: "ELASTICSEARCH_PASSWORD",
          valueFrom: { secretKeyRef: { name: writer, key: "password" } },
        },
      ],
      daemonSetVolumes: [{ name: "logs", hostPath: { path: "/var/log" } }],
      daemonSetVolumeMounts: [{ name: "logs", mountPath: "/var/log" }],
      config: fluentBitConfig({
        cluster: cluster.name,
        host: capabilities.logs.backend === "elasticsearch" ? capabilities.logs.host : "elasticsearch",
        port: elasticsearchPort,
      }),
      serviceMonitor: { enabled: capabilities.monitoring !== undefined },
    }),
  },
  render: (stage, { capabilities }) => {
    secret(stage, writer, { keys: ["username", "password"] });
    flows(stage, [
      ...scraped(capabilities, pods),
      { from: pods, to: kubernetesApi },
      { from: pods, to: network(elasticsearchPort) },
    ]);
  },
});
