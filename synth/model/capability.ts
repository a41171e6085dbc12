import type { Dashboard } from "./dashboard.ts";
import type { AwsOutputs } from "./facts.ts";

/** AWS Application Load Balancers, one per ingress group. The IngressClass has the controller's name. */
export interface AlbIngress {
  readonly controller: "alb";
  readonly scheme: "internet-facing" | "internal";
  readonly certificateArn: AwsOutputs["certificateArn"];
  /** Web ACL in front of the load balancer; none if absent. */
  readonly webAclArn?: AwsOutputs["webAclArn"];
  /** Sources that may reach the load balancer. Default: everybody (0.0.0.0/0). */
  readonly inboundCidrs?: readonly string[];
}

/** Traefik on the nodes' own ports 80 and 443, for clusters without a cloud load balancer. */
export interface TraefikIngress {
  readonly controller: "traefik";
}

/** Volumes that one node mounts at a time (ReadWriteOnce). */
export interface BlockStorage {
  readonly driver: "ebs" | "local-path";
  readonly className: string;
  /** What becomes of a volume whose claim is deleted; a class keeps it for life. Default: Delete. */
  readonly reclaimPolicy?: "Delete" | "Retain";
}

/** Volumes that several nodes mount at once (ReadWriteMany). */
export interface SharedStorage {
  readonly driver: "efs";
  readonly className: string;
  readonly fileSystemId: AwsOutputs["fileSystemId"];
}

/** Snapshots of block volumes. */
export interface VolumeSnapshots {
  readonly className: string;
}

/** Name of the ClusterSecretStore that the platform makes and ExternalSecrets read. */
export const secretStoreName = "aws-secrets-manager";

/** Where secret values live; dist holds references only. */
export type SecretStore =
  /** AWS Secrets Manager of the cluster's own account and region. */
  | { readonly backend: "secrets-manager" }
  /** Random values that External Secrets generates once inside the cluster; for throw-away clusters. */
  | { readonly backend: "generated" };

/** Where container logs go. */
export type Logs =
  | { readonly backend: "cloudwatch" }
  | { readonly backend: "elasticsearch"; readonly host: string }
  | { readonly backend: "datadog"; readonly site: string };

/** Isolated instances of an app, one for each of its users: objects of kind UserInstance, which kro expands. */
export interface UserInstances {
  readonly provider: "kro";
  /** Node group that they run on, such as one of spot instances. Default: any untainted one. */
  readonly nodeGroup?: string;
  /** Node group whose nodes have NVIDIA GPUs and their device plugin. Default: none, and a GPU is refused. */
  readonly gpuNodeGroup?: string;
}

export interface Dns {
  readonly zone: string;
  readonly hostedZoneId: AwsOutputs["hostedZoneId"];
}

/** Who is told of alerts, and how. Their secrets are in the secret store; see `platform/monitoring/receivers.ts`. */
export interface AlertReceivers {
  /** Channel of tickets, such as `#alerts`. */
  readonly slackChannel: string;
  /** Where what can wait goes, by mail. */
  readonly email: {
    readonly to: string;
    readonly from: string;
    readonly smarthost: `${string}:${number}`;
    readonly user: string;
  };
  /** Whether pages wake somebody by PagerDuty; otherwise they go where tickets go. */
  readonly pagerDuty: boolean;
  /** Whether a service outside is called every few minutes, which says when the calls stop. Default: false. */
  readonly deadMansSwitch?: boolean;
}

export interface Monitoring {
  readonly provider: "prometheus";
  readonly retentionDays: number;
  /** Where runbooks are read: address of the repository's root at a branch, without a slash at its end. Default: as paths of this repository. */
  readonly runbooks?: `https://${string}`;
  /** Default: nobody, and alerts are seen in Alertmanager alone. */
  readonly receivers?: AlertReceivers;
  /** Dashboards of Grafana, beside those of its chart. Default: none. */
  readonly dashboards?: readonly Dashboard[];
}

/** A metric that HorizontalPodAutoscalers may ask for, of a Service. */
export interface CustomMetric {
  /** What autoscalers call it. */
  readonly name: string;
  /** The series it is: recorded by a rule, with the labels `namespace` and `service`. */
  readonly series: string;
}

/**
 * What a cluster can do for its apps. A definition asks for a capability by name and never for a
 * cluster by name; an add-on runs where a capability calls for it.
 */
export interface Capabilities {
  readonly ingress: AlbIngress | TraefikIngress;
  readonly blockStorage: BlockStorage;
  readonly sharedStorage: SharedStorage;
  readonly volumeSnapshots: VolumeSnapshots;
  readonly secretStore: SecretStore;
  /** CPU and memory figures for HorizontalPodAutoscalers. */
  readonly resourceMetrics: { readonly provider: "metrics-server" };
  /** Prometheus with its operator: ServiceMonitors, rules, Alertmanager, Grafana. */
  readonly monitoring: Monitoring;
  /** Prometheus series as HorizontalPodAutoscaler metrics: those that its apps name, and no others. */
  readonly customMetrics: {
    readonly provider: "prometheus-adapter";
    readonly metrics: readonly CustomMetric[];
  };
  /** Scaling on queues and other outside signals. */
  readonly eventScaling: { readonly provider: "keda" };
  readonly logs: Logs;
  /** CloudWatch Container Insights. */
  readonly containerInsights: { readonly provider: "cloudwatch" };
  /** Traces and metrics by the Datadog agent. */
  readonly tracing: { readonly provider: "datadog"; readonly site: string };
  readonly dns: Dns;
  /** Certificates issued in the cluster, for mTLS and webhooks. */
  readonly certificates: { readonly provider: "cert-manager" };
  /** Canary and blue-green rollouts. */
  readonly progressiveDelivery: { readonly provider: "argo-rollouts" };
  readonly userInstances: UserInstances;
  /** Node groups that grow and shrink with demand. */
  readonly nodeScaling: { readonly provider: "cluster-autoscaler" };
}

export type CapabilityName = keyof Capabilities;

/** Whether `capabilities` has every one of `names`; narrows to where they are present. */
export function hasCapabilities<N extends CapabilityName>(
  capabilities: Partial<Capabilities>,
  names: readonly N[],
): capabilities is Partial<Capabilities> & Pick<Capabilities, N> {
  return names.every((name) => capabilities[name] !== undefined);
}
