import type { ListSchema, MapSchema, ScalarSchema } from "../../synth/schemas/table.ts";

type Addition = Partial<ScalarSchema> | Partial<ListSchema> | Partial<MapSchema>;

const port = { min: 1, max: 65_535 };
/** 0 stands for "none" or "choose one" in these. */
const optionalPort = { min: 0, max: 65_535 };
const notNegative = { min: 0 };
const dnsLabel = { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", maxLength: 63 };
/** IANA service name: at least one letter, no two hyphens in a row. Empty means none. */
const portName = { pattern: "^$|^(?!.*--)(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$", maxLength: 15 };
const someList = { min: 1 };
const notEmpty = { minLength: 1 };
/** Keys of ConfigMaps and Secrets become file names. */
const fileNames = { syntax: "file-names" };
const labels = { syntax: "labels" };
const annotations = { syntax: "annotations" };
const container = { name: dnsLabel, ports: { unique: "name" } };
const handler = { port };

/**
 * What the API server enforces in Go code (pkg/apis/…/validation of k8s.io/kubernetes) and its OpenAPI document does not
 * say: the part of it that concerns one field by itself and that a definition is likely to get wrong.
 */
export const kubernetesRules: Readonly<Record<string, Readonly<Record<string, Addition>>>> = {
  "meta.v1.ObjectMeta": { labels, annotations },
  "meta.v1.LabelSelector": { matchLabels: labels },
  "meta.v1.LabelSelectorRequirement": { operator: { enum: ["In", "NotIn", "Exists", "DoesNotExist"] } },
  "core.v1.ConfigMap": { data: fileNames, binaryData: fileNames },
  "core.v1.Secret": { data: fileNames, stringData: fileNames },
  "core.v1.PodSpec": {
    containers: someList,
    nodeSelector: labels,
    terminationGracePeriodSeconds: notNegative,
  },
  "core.v1.Container": container,
  "core.v1.EphemeralContainer": container,
  "core.v1.ContainerPort": { containerPort: port, hostPort: optionalPort, name: portName },
  // Any printable ASCII but "=" (RelaxedEnvironmentVariableValidation, generally available since 1.34).
  "core.v1.EnvVar": { name: { pattern: "^[ -<>-~]+$" } },
  "core.v1.Volume": { name: dnsLabel },
  "core.v1.VolumeMount": { mountPath: notEmpty, name: notEmpty },
  "core.v1.HTTPGetAction": handler,
  "core.v1.TCPSocketAction": handler,
  "core.v1.GRPCAction": handler,
  "core.v1.Probe": {
    initialDelaySeconds: notNegative,
    timeoutSeconds: notNegative,
    periodSeconds: notNegative,
    successThreshold: notNegative,
    failureThreshold: notNegative,
  },
  "core.v1.ServiceSpec": { ports: { unique: "name" }, selector: labels },
  "core.v1.ServicePort": {
    port,
    nodePort: optionalPort,
    targetPort: optionalPort,
    name: { ...dnsLabel, pattern: `^$|${dnsLabel.pattern}` },
  },
  "core.v1.PreferredSchedulingTerm": { weight: { min: 1, max: 100 } },
  "core.v1.WeightedPodAffinityTerm": { weight: { min: 1, max: 100 } },
  "core.v1.TopologySpreadConstraint": { maxSkew: { min: 1 }, topologyKey: notEmpty },
  "core.v1.PersistentVolumeClaimSpec": { accessModes: someList },
  "apps.v1.DeploymentSpec": {
    replicas: notNegative,
    minReadySeconds: notNegative,
    revisionHistoryLimit: notNegative,
  },
  "apps.v1.StatefulSetSpec": {
    replicas: notNegative,
    minReadySeconds: notNegative,
    revisionHistoryLimit: notNegative,
  },
  "apps.v1.ReplicaSetSpec": { replicas: notNegative, minReadySeconds: notNegative },
  "batch.v1.JobSpec": {
    backoffLimit: notNegative,
    completions: notNegative,
    parallelism: notNegative,
    ttlSecondsAfterFinished: notNegative,
  },
  "batch.v1.CronJobSpec": {
    schedule: notEmpty,
    successfulJobsHistoryLimit: notNegative,
    failedJobsHistoryLimit: notNegative,
  },
  "autoscaling.v2.HorizontalPodAutoscalerSpec": { maxReplicas: { min: 1 } },
  "autoscaling.v2.MetricTarget": { type: { enum: ["Utilization", "Value", "AverageValue"] } },
  "autoscaling.v2.HPAScalingPolicy": { type: { enum: ["Pods", "Percent"] } },
  "autoscaling.v2.HPAScalingRules": { selectPolicy: { enum: ["Max", "Min", "Disabled"] } },
  "networking.v1.NetworkPolicyPort": { port, endPort: port },
  "networking.v1.ServiceBackendPort": { number: optionalPort },
  "rbac.v1.PolicyRule": { verbs: someList },
  "rbac.v1.RoleRef": { kind: { enum: ["Role", "ClusterRole"] }, name: notEmpty },
  "rbac.v1.Subject": { kind: { enum: ["User", "Group", "ServiceAccount"] }, name: notEmpty },
};

/**
 * Fields that the OpenAPI document calls required and the API server does not: it fills them in, or their zero value is
 * a valid one.
 */
export const notRequired: Readonly<Record<string, readonly string[]>> = {
  "apiextensions.v1.CustomResourceDefinitionVersion": ["served", "storage"],
  "core.v1.HTTPHeader": ["value"],
  "core.v1.Sysctl": ["value"],
  "rbac.v1.RoleRef": ["apiGroup"],
  "scheduling.v1.PriorityClass": ["value"],
};
