/** Kubernetes itself, for one minor version of the fleet's clusters. */
export interface KubernetesSource {
  readonly type: "kubernetes";
  readonly name: string;
  readonly module: string;
  readonly version: string;
  readonly files: readonly string[];
}

/** Custom resource definitions of one project. */
export interface DefinitionSource {
  readonly type: "crd";
  readonly name: string;
  readonly module: string;
  readonly version: string;
  /** Glob patterns in the module. */
  readonly files: readonly string[];
  /** `apiVersion/Kind` of what to take; the rest of the files is left out. */
  readonly kinds: readonly string[];
}

export type Source = KubernetesSource | DefinitionSource;

/** One document for each generally available API version. */
const openapi = [
  "api/openapi-spec/v3/*__v[0-9]_openapi.json",
  "pkg/generated/openapi/zz_generated.openapi.go",
];

/**
 * Every schema that checks know, pinned once. All come through the Go module proxy, whose checksum database vouches for
 * their bytes.
 */
export const sources: readonly Source[] = [
  {
    type: "kubernetes",
    name: "kubernetes-1.35",
    module: "k8s.io/kubernetes",
    version: "v1.35.4",
    files: openapi,
  },
  {
    type: "crd",
    name: "argo-cd",
    module: "github.com/argoproj/argo-cd/v3",
    version: "v3.2.11",
    files: ["manifests/crds/*-crd.yaml"],
    kinds: ["argoproj.io/v1alpha1/Application", "argoproj.io/v1alpha1/AppProject"],
  },
  {
    type: "crd",
    name: "argo-rollouts",
    module: "github.com/argoproj/argo-rollouts",
    version: "v1.10.1",
    files: ["manifests/crds/*-crd.yaml"],
    kinds: ["argoproj.io/v1alpha1/Rollout", "argoproj.io/v1alpha1/AnalysisTemplate"],
  },
  {
    // The operator's module carries the manifests of each Flux release that it installs; helm-controller's own module
    // is not on the proxy.
    type: "crd",
    name: "flux",
    module: "github.com/controlplaneio-fluxcd/flux-operator",
    version: "v0.58.1",
    files: ["config/data/flux/v2.9.4/*-controller.yaml", "config/crd/bases/*_fluxinstances.yaml"],
    kinds: [
      "fluxcd.controlplane.io/v1/FluxInstance",
      "helm.toolkit.fluxcd.io/v2/HelmRelease",
      "kustomize.toolkit.fluxcd.io/v1/Kustomization",
      "notification.toolkit.fluxcd.io/v1/Receiver",
      "notification.toolkit.fluxcd.io/v1beta3/Alert",
      "notification.toolkit.fluxcd.io/v1beta3/Provider",
      "source.toolkit.fluxcd.io/v1/Bucket",
      "source.toolkit.fluxcd.io/v1/ExternalArtifact",
      "source.toolkit.fluxcd.io/v1/GitRepository",
      "source.toolkit.fluxcd.io/v1/HelmChart",
      "source.toolkit.fluxcd.io/v1/HelmRepository",
      "source.toolkit.fluxcd.io/v1/OCIRepository",
    ],
  },
  {
    type: "crd",
    name: "external-secrets",
    module: "github.com/external-secrets/external-secrets",
    version: "v1.3.2",
    files: ["config/crds/bases/*.yaml"],
    kinds: [
      "external-secrets.io/v1/ClusterSecretStore",
      "external-secrets.io/v1/ExternalSecret",
      "external-secrets.io/v1/SecretStore",
      "generators.external-secrets.io/v1alpha1/Password",
    ],
  },
  {
    type: "crd",
    name: "keda",
    module: "github.com/kedacore/keda/v2",
    version: "v2.21.0",
    files: ["config/crd/bases/keda.sh_*.yaml"],
    kinds: [
      "keda.sh/v1alpha1/ClusterTriggerAuthentication",
      "keda.sh/v1alpha1/ScaledJob",
      "keda.sh/v1alpha1/ScaledObject",
      "keda.sh/v1alpha1/TriggerAuthentication",
    ],
  },
  {
    type: "crd",
    name: "kro",
    module: "github.com/kubernetes-sigs/kro",
    version: "v0.9.4",
    files: ["helm/crds/kro.run_*.yaml"],
    kinds: ["kro.run/v1alpha1/ResourceGraphDefinition"],
  },
  {
    type: "crd",
    name: "cert-manager",
    module: "github.com/cert-manager/cert-manager",
    version: "v1.21.2",
    files: ["deploy/crds/cert-manager.io_*.yaml"],
    kinds: [
      "cert-manager.io/v1/Certificate",
      "cert-manager.io/v1/ClusterIssuer",
      "cert-manager.io/v1/Issuer",
    ],
  },
  {
    type: "crd",
    name: "external-snapshotter",
    module: "github.com/kubernetes-csi/external-snapshotter/client/v8",
    version: "v8.7.0",
    files: ["config/crd/snapshot.storage.k8s.io_*.yaml"],
    kinds: [
      "snapshot.storage.k8s.io/v1/VolumeSnapshot",
      "snapshot.storage.k8s.io/v1/VolumeSnapshotClass",
      "snapshot.storage.k8s.io/v1/VolumeSnapshotContent",
    ],
  },
  {
    type: "crd",
    name: "prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.85.0",
    files: ["example/prometheus-operator-crd/*.yaml"],
    kinds: [
      "monitoring.coreos.com/v1/PodMonitor",
      "monitoring.coreos.com/v1/Probe",
      "monitoring.coreos.com/v1/PrometheusRule",
      "monitoring.coreos.com/v1/ServiceMonitor",
    ],
  },
  {
    // The controller's own module ends at v1.1.9; kops carries the definitions of v2.13.4. What v3.5.0 adds is in
    // definition-rules.ts.
    type: "crd",
    name: "aws-load-balancer-controller",
    module: "k8s.io/kops",
    version: "v1.35.0",
    files: ["upup/models/cloudup/resources/addons/aws-load-balancer-controller.addons.k8s.io/*.template"],
    kinds: ["elbv2.k8s.aws/v1beta1/IngressClassParams", "elbv2.k8s.aws/v1beta1/TargetGroupBinding"],
  },
  {
    type: "crd",
    name: "traefik",
    module: "github.com/traefik/traefik/v3",
    version: "v3.6.0",
    files: ["docs/content/reference/dynamic-configuration/traefik.io_*.yaml"],
    kinds: ["traefik.io/v1alpha1/Middleware"],
  },
];
