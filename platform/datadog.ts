import { defineAddon, flows, network, secret } from "#synth";
import type { Capabilities } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { platformPriority } from "./priority-classes.ts";
import { replicas } from "./replicas.ts";
import type { DatadogValues } from "./values/datadog.ts";
import { spread } from "./values/pod.ts";

/** Datadog's European site, whichever of the capabilities names another. */
const defaultSite = "datadoghq.eu";

function siteOf({ tracing, logs }: Partial<Capabilities>): string {
  if (tracing !== undefined) return tracing.site;
  return logs?.backend === "datadog" ? logs.site : defaultSite;
}

const namespace = "datadog";
/** Where the agent of a node takes OpenTelemetry, by protocol. */
const otlp = chartPods("datadog-otlp", {
  namespace,
  selector: { app: "datadog" },
  ports: { grpc: 4317, http: 4318 },
});

const small = { resources: { requests: { cpu: "25m", memory: "64Mi" }, limits: { memory: "256Mi" } } };

/** Its image names its user, which Kubernetes cannot tell from root: no demand for non-root here. */
const unprivileged = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
} as const;

export const datadog = defineAddon({
  name: "datadog",
  description: "Traces, metrics and logs to Datadog, by an agent on every node",
  layer: "controllers",
  wanted: ({ capabilities }) =>
    capabilities.tracing !== undefined || capabilities.logs?.backend === "datadog",
  provides: ["tracing", "logs"],
  needs: ["secretStore"],
  dependsOn: ["priority-classes"],
  namespace: {
    name: namespace,
    podSecurity: "privileged",
    because:
      "the agent reads the host's processes (hostPID, which also tells it whose traces it gets), logs and container socket, and listens on a port of the node",
  },
  chart: {
    repository: "https://helm.datadoghq.com",
    name: "datadog",
    version: "3.240.0",
    kinds: {
      cluster: ["rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding"],
      namespaced: [
        "/ConfigMap",
        "/Service",
        "/ServiceAccount",
        "apps/DaemonSet",
        "apps/Deployment",
        "networking.k8s.io/NetworkPolicy",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities }): DatadogValues => ({
      registry: "public.ecr.aws/datadog",
      datadog: {
        clusterName: cluster.name,
        site: siteOf(capabilities),
        apiKeyExistingSecret: "datadog",
        tags: [`cluster:${cluster.name}`, "managed-by:slipway"],
        // kind's kubelets present certificates that they signed themselves.
        kubelet: { tlsVerify: cluster.provider === "eks" },
        operator: { enabled: false },
        logs: {
          enabled: capabilities.logs?.backend === "datadog",
          containerCollectAll: capabilities.logs?.backend === "datadog",
        },
        apm: {
          portEnabled: true,
          socketEnabled: false,
          instrumentation: { skipKPITelemetry: true },
        },
        // Apps send OpenTelemetry to their node's address, ports 4317 and 4318.
        otlp: { receiver: { protocols: { grpc: { enabled: true }, http: { enabled: true } } } },
        dogstatsd: { nonLocalTraffic: true },
        processAgent: { enabled: false },
        // Its system probe would run with SYS_ADMIN beside every app.
        discovery: { enabled: false },
        kubeStateMetricsCore: { enabled: true, collectSecretMetrics: false },
        networkPolicy: { create: true, flavor: "kubernetes" },
        leaderElectionResource: "lease",
      },
      // What runs here is what is committed here.
      remoteConfiguration: { enabled: false },
      clusterAgent: {
        replicas: replicas(cluster),
        tokenExistingSecret: "datadog-cluster-agent",
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
        containers: {
          clusterAgent: { securityContext: unprivileged },
          initContainers: { ...small, securityContext: unprivileged },
        },
        pdb: { create: true, maxUnavailable: 1 },
        topologySpreadConstraints: spread({ app: "datadog-cluster-agent" }),
        priorityClassName: platformPriority,
        // Tells pods that ask by label where their agent is; no app waits for it.
        admissionController: { enabled: true, mutateUnlabelled: false, failurePolicy: "Ignore" },
      },
      agents: {
        tolerations: [{ operator: "Exists" }],
        priorityClassName: platformPriority,
        containers: {
          agent: {
            resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "512Mi" } },
          },
          traceAgent: small,
          processAgent: small,
          initContainers: small,
        },
      },
    }),
  },
  render: (stage) => {
    secret(stage, "datadog", { keys: ["api-key"] });
    // The word that agents and cluster agent know each other by: 32 characters or more.
    secret(stage, "datadog-cluster-agent", { keys: ["token"] });
    // The chart's policy opens the ports of traces and StatsD, and forgets these.
    flows(stage, [
      { from: network(4317), to: otlp.port("grpc") },
      { from: network(4318), to: otlp.port("http") },
    ]);
  },
});
