/** Kinds that a version of Kubernetes stops to serve. */
export interface RemovedApi {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** Minor version of Kubernetes 1 that no longer serves them. */
  readonly removedIn: number;
  /** Version to write instead; undefined where there is none yet. */
  readonly instead?: string;
}

/**
 * The last minor version of Kubernetes 1 whose removals the list below holds whole: what the newest version it is from still
 * serves is served for three more at least after it is called deprecated.
 */
export const lastKnownMinor = 40;

/**
 * From `APILifecycleRemoved` and `APILifecycleReplacement` in k8s.io/api v0.34.0 and v0.37.2, which also say what later
 * versions will remove; kinds that nobody keeps in files, such as reviews, are left out.
 */
export const removedApis: readonly RemovedApi[] = [
  { apiVersion: "apps/v1beta1", kinds: ["Deployment", "StatefulSet"], removedIn: 16, instead: "apps/v1" },
  {
    apiVersion: "apps/v1beta2",
    kinds: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
    removedIn: 16,
    instead: "apps/v1",
  },
  {
    apiVersion: "extensions/v1beta1",
    kinds: ["DaemonSet", "Deployment", "ReplicaSet"],
    removedIn: 16,
    instead: "apps/v1",
  },
  {
    apiVersion: "extensions/v1beta1",
    kinds: ["NetworkPolicy"],
    removedIn: 16,
    instead: "networking.k8s.io/v1",
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1beta1",
    kinds: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    removedIn: 22,
    instead: "admissionregistration.k8s.io/v1",
  },
  {
    apiVersion: "apiextensions.k8s.io/v1beta1",
    kinds: ["CustomResourceDefinition"],
    removedIn: 22,
    instead: "apiextensions.k8s.io/v1",
  },
  {
    apiVersion: "apiregistration.k8s.io/v1beta1",
    kinds: ["APIService"],
    removedIn: 22,
    instead: "apiregistration.k8s.io/v1",
  },
  { apiVersion: "extensions/v1beta1", kinds: ["Ingress"], removedIn: 22, instead: "networking.k8s.io/v1" },
  {
    apiVersion: "networking.k8s.io/v1beta1",
    kinds: ["Ingress", "IngressClass"],
    removedIn: 22,
    instead: "networking.k8s.io/v1",
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1beta1",
    kinds: ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
    removedIn: 22,
    instead: "rbac.authorization.k8s.io/v1",
  },
  {
    apiVersion: "scheduling.k8s.io/v1beta1",
    kinds: ["PriorityClass"],
    removedIn: 22,
    instead: "scheduling.k8s.io/v1",
  },
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
    removedIn: 22,
    instead: "storage.k8s.io/v1",
  },
  {
    apiVersion: "autoscaling/v2beta1",
    kinds: ["HorizontalPodAutoscaler"],
    removedIn: 25,
    instead: "autoscaling/v2",
  },
  { apiVersion: "batch/v1beta1", kinds: ["CronJob"], removedIn: 25, instead: "batch/v1" },
  {
    apiVersion: "discovery.k8s.io/v1beta1",
    kinds: ["EndpointSlice"],
    removedIn: 25,
    instead: "discovery.k8s.io/v1",
  },
  { apiVersion: "node.k8s.io/v1beta1", kinds: ["RuntimeClass"], removedIn: 25, instead: "node.k8s.io/v1" },
  { apiVersion: "policy/v1beta1", kinds: ["PodDisruptionBudget"], removedIn: 25, instead: "policy/v1" },
  { apiVersion: "policy/v1beta1", kinds: ["PodSecurityPolicy"], removedIn: 25 },
  {
    apiVersion: "autoscaling/v2beta2",
    kinds: ["HorizontalPodAutoscaler"],
    removedIn: 26,
    instead: "autoscaling/v2",
  },
  ...["v1beta1", "v1beta2", "v1beta3"].map((version, index): RemovedApi => ({
    apiVersion: `flowcontrol.apiserver.k8s.io/${version}`,
    kinds: ["FlowSchema", "PriorityLevelConfiguration"],
    removedIn: [26, 29, 32][index] ?? 32,
    instead: "flowcontrol.apiserver.k8s.io/v1",
  })),
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["CSIStorageCapacity"],
    removedIn: 27,
    instead: "storage.k8s.io/v1",
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1alpha1",
    kinds: ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
    removedIn: 32,
    instead: "admissionregistration.k8s.io/v1",
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1beta1",
    kinds: ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
    removedIn: 34,
    instead: "admissionregistration.k8s.io/v1",
  },
  {
    apiVersion: "storage.k8s.io/v1alpha1",
    kinds: ["VolumeAttributesClass"],
    removedIn: 35,
    instead: "storage.k8s.io/v1",
  },
  {
    apiVersion: "storagemigration.k8s.io/v1alpha1",
    kinds: ["StorageVersionMigration"],
    removedIn: 36,
    instead: "storagemigration.k8s.io/v1",
  },
  {
    apiVersion: "certificates.k8s.io/v1alpha1",
    kinds: ["ClusterTrustBundle"],
    removedIn: 37,
    instead: "certificates.k8s.io/v1",
  },
  {
    apiVersion: "networking.k8s.io/v1beta1",
    kinds: ["IPAddress", "ServiceCIDR"],
    removedIn: 37,
    instead: "networking.k8s.io/v1",
  },
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["VolumeAttributesClass"],
    removedIn: 37,
    instead: "storage.k8s.io/v1",
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1alpha1",
    kinds: ["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
    removedIn: 38,
    instead: "admissionregistration.k8s.io/v1",
  },
  { apiVersion: "coordination.k8s.io/v1alpha2", kinds: ["LeaseCandidate"], removedIn: 38 },
  {
    apiVersion: "resource.k8s.io/v1beta1",
    kinds: ["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"],
    removedIn: 38,
    instead: "resource.k8s.io/v1",
  },
  {
    apiVersion: "resource.k8s.io/v1beta2",
    kinds: ["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"],
    removedIn: 39,
    instead: "resource.k8s.io/v1",
  },
];
