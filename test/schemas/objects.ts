import type { Fields } from "../../synth/objects/json-fields.ts";

const labels = { "app.kubernetes.io/name": "studio", "app.kubernetes.io/part-of": "content" };

export const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: {
    name: "studio",
    namespace: "content-dev",
    labels,
    annotations: { "example.com/Note": "any text: ✓" },
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: "studio",
        automountServiceAccountToken: false,
        nodeSelector: { "kubernetes.io/arch": "arm64" },
        securityContext: { runAsNonRoot: true, fsGroup: 1000, seccompProfile: { type: "RuntimeDefault" } },
        tolerations: [{ key: "spot", operator: "Exists", effect: "NoSchedule" }],
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: labels },
          },
        ],
        containers: [
          {
            name: "web",
            image: "registry.example.com/studio@sha256:0",
            imagePullPolicy: "IfNotPresent",
            ports: [
              { name: "http", containerPort: 8080 },
              { name: "dns", containerPort: 53 },
              { name: "dns-udp", containerPort: 53, protocol: "UDP" },
            ],
            env: [
              { name: "PORT", value: "8080" },
              { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
            ],
            resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: 1, memory: "1e9" } },
            readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
            securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
            volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
          },
        ],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }],
      },
    },
  },
};

export const ingress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "studio", annotations: { "alb.ingress.kubernetes.io/scheme": "internal" } },
  spec: {
    ingressClassName: "alb",
    tls: [{ hosts: ["studio.example.com"], secretName: "studio-tls" }],
    rules: [
      {
        host: "studio.example.com",
        http: {
          paths: [
            { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } },
          ],
        },
      },
    ],
  },
};

export const networkPolicy = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "studio" },
  spec: {
    podSelector: { matchExpressions: [{ key: "tier", operator: "In", values: ["web"] }] },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      { from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }, { port: "metrics", protocol: "TCP" }] },
    ],
    egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }] }],
  },
};

export const customObjects: readonly Fields[] = [
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "studio", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
    spec: {
      project: "apps",
      destination: { name: "dev", namespace: "content-dev" },
      source: { repoURL: "https://git.example.com/fleet.git", path: "dist/dev", targetRevision: "main" },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ["ServerSideApply=true"] },
    },
  },
  {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: "keda", namespace: "keda" },
    spec: {
      interval: "10m",
      chart: {
        spec: { chart: "keda", version: "2.18.0", sourceRef: { kind: "HelmRepository", name: "keda" } },
      },
      values: { anything: { at: ["all", 1, null] } },
    },
  },
  {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "database" },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
      target: { name: "database", template: { data: { url: "postgres://{{ .user }}" } } },
      data: [{ secretKey: "user", remoteRef: { key: "studio/database", property: "user" } }],
    },
  },
  {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "IngressClassParams",
    metadata: { name: "internal" },
    spec: { scheme: "internal", loadBalancerName: "internal", tags: [{ key: "team", value: "platform" }] },
  },
  {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata: { name: "worker" },
    spec: {
      scaleTargetRef: { name: "worker" },
      minReplicaCount: 0,
      triggers: [
        { type: "aws-sqs-queue", metadata: { queueLength: "5" }, authenticationRef: { name: "aws" } },
      ],
    },
  },
  {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "studio" },
    spec: { selector: { matchLabels: labels }, endpoints: [{ port: "metrics", interval: "30s" }] },
  },
];

export const samples: readonly Fields[] = [deployment, ingress, networkPolicy, ...customObjects];
