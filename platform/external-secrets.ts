import { defineAddon, flows, internet, kubernetesApi } from "#synth";
import type { Stage } from "#synth";
import { chartPods } from "./chart-pods.ts";
import { scraped } from "./monitoring/scraped.ts";
import { platformPriority } from "./priority-classes.ts";
import { replicas } from "./replicas.ts";
import type { ExternalSecretsValues } from "./values/external-secrets.ts";
import { spread } from "./values/pod.ts";

const namespace = "external-secrets";
const selectors = {
  controller: {
    "app.kubernetes.io/instance": "external-secrets",
    "app.kubernetes.io/name": "external-secrets",
  },
  webhook: {
    "app.kubernetes.io/instance": "external-secrets",
    "app.kubernetes.io/name": "external-secrets-webhook",
  },
};
const controller = chartPods("external-secrets", {
  namespace,
  selector: selectors.controller,
  ports: { metrics: 8080 },
});
const webhook = chartPods("external-secrets-webhook", {
  namespace,
  selector: selectors.webhook,
  ports: { metrics: 8080, webhook: 10250 },
});

/** Issuer of the webhook's certificate; the chart asks for one and makes none. */
const issuer = "external-secrets-webhook";

export const externalSecrets = defineAddon({
  name: "external-secrets",
  description: "Fills Secrets from the cluster's secret store, or generates them",
  layer: "controllers",
  wanted: ({ capabilities }) => capabilities.secretStore !== undefined,
  provides: ["secretStore"],
  dependsOn: ["cert-manager", "priority-classes"],
  after: ["prometheus-operator-crds"],
  namespace: { name: namespace },
  permissions: ({ cluster, capabilities }) =>
    cluster.provider !== "eks" || capabilities.secretStore?.backend !== "secrets-manager"
      ? {}
      : {
          "external-secrets": {
            statements: [
              {
                actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                resources: [
                  `arn:aws:secretsmanager:${cluster.region}:${cluster.account}:secret:${cluster.name}/*`,
                ],
              },
            ],
          },
        },
  chart: {
    repository: "https://charts.external-secrets.io",
    name: "external-secrets",
    version: "2.9.0",
    kinds: {
      cluster: [
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "apiextensions.k8s.io/CustomResourceDefinition",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
      ],
      namespaced: [
        "/Service",
        "/ServiceAccount",
        "apps/Deployment",
        "cert-manager.io/Certificate",
        "monitoring.coreos.com/ServiceMonitor",
        "policy/PodDisruptionBudget",
        "rbac.authorization.k8s.io/Role",
        "rbac.authorization.k8s.io/RoleBinding",
      ],
    },
    values: ({ cluster, capabilities, identity }): ExternalSecretsValues => ({
      installCRDs: true,
      // What nobody uses is neither installed nor allowed: writing to stores, and kinds that reach
      // across namespaces, by which one team could fill or read another's.
      crds: {
        createClusterExternalSecret: false,
        createClusterGenerator: false,
        createClusterPushSecret: false,
        createPushSecret: false,
      },
      processClusterExternalSecret: false,
      processClusterGenerator: false,
      processClusterPushSecret: false,
      processPushSecret: false,
      rbac: {
        // For stores with service accounts of their own; ours is read with the controller's.
        serviceAccountTokenCreate: false,
        servicebindings: { create: false },
        aggregateToView: false,
      },
      replicaCount: replicas(cluster),
      leaderElect: true,
      resources: { requests: { cpu: "25m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      priorityClassName: platformPriority,
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: spread(selectors.controller),
      readinessProbe: { enabled: true },
      livenessProbe: { enabled: true },
      serviceAccount: { annotations: identity("external-secrets") },
      serviceMonitor: {
        enabled: capabilities.monitoring !== undefined,
        renderMode: "alwaysRender",
      },
      webhook: {
        replicaCount: replicas(cluster),
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        priorityClassName: platformPriority,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        topologySpreadConstraints: spread(selectors.webhook),
        // In place of a third Deployment that makes certificates and may rewrite every webhook.
        certManager: {
          enabled: true,
          cert: {
            issuerRef: { group: "cert-manager.io", kind: "Issuer", name: issuer },
            duration: "2160h",
            renewBefore: "720h",
          },
        },
      },
    }),
  },
  render: (stage, { capabilities }) => {
    webhookIssuer(stage);
    flows(stage, [
      ...scraped(capabilities, controller, webhook),
      { from: kubernetesApi, to: webhook.port("webhook") },
      { from: webhook, to: kubernetesApi },
      { from: controller, to: kubernetesApi },
      ...(capabilities.secretStore?.backend === "secrets-manager"
        ? [{ from: controller, to: internet(443) }]
        : []),
    ]);
  },
});

/**
 * An authority of the webhook's own. A certificate that signs itself would change together with the
 * CA that the API server trusts, and calls would fail until both had arrived.
 */
function webhookIssuer(stage: Stage): void {
  const authority = `${issuer}-ca`;
  const apiVersion = "cert-manager.io/v1";
  stage.addResource({
    apiVersion,
    kind: "Issuer",
    metadata: { name: `${issuer}-self-signed` },
    spec: { selfSigned: {} },
  });
  stage.addResource({
    apiVersion,
    kind: "Certificate",
    metadata: { name: authority },
    spec: {
      isCA: true,
      commonName: authority,
      secretName: authority,
      // Five years, as the load balancer controller's chart has it for the same purpose.
      duration: "43800h",
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
      issuerRef: { group: "cert-manager.io", kind: "Issuer", name: `${issuer}-self-signed` },
    },
  });
  stage.addResource({
    apiVersion,
    kind: "Issuer",
    metadata: { name: issuer },
    spec: { ca: { secretName: authority } },
  });
}
