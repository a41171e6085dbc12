import type { ContainerSecurityValues, ResourceValues, SpreadValues } from "./pod.ts";

interface Switch {
  readonly enabled: boolean;
}

interface ContainerValues {
  readonly resources: ResourceValues;
}

/**
 * Keys that we set of chart datadog 3.240.0, whose schema lets unknown ones pass. Without the secrets named here
 * and `skipKPITelemetry` it renders something else each time.
 */
export interface DatadogValues {
  readonly registry: string;
  readonly datadog: {
    readonly clusterName: string;
    readonly site: string;
    readonly apiKeyExistingSecret: string;
    readonly tags: readonly `${string}:${string}`[];
    readonly kubelet: { readonly tlsVerify: boolean };
    readonly operator: Switch;
    readonly logs: { readonly enabled: boolean; readonly containerCollectAll: boolean };
    readonly apm: {
      readonly portEnabled: boolean;
      readonly socketEnabled: boolean;
      readonly instrumentation: { readonly skipKPITelemetry: boolean };
    };
    readonly otlp: {
      readonly receiver: { readonly protocols: Readonly<Record<"grpc" | "http", Switch>> };
    };
    readonly dogstatsd: { readonly nonLocalTraffic: boolean };
    readonly processAgent: Switch;
    /** Switches the privileged system probe on when left out. */
    readonly discovery: Switch;
    readonly kubeStateMetricsCore: {
      readonly enabled: boolean;
      readonly collectSecretMetrics: boolean;
    };
    readonly networkPolicy: { readonly create: boolean; readonly flavor: "kubernetes" };
    readonly leaderElectionResource: "lease" | "configmap";
  };
  /** Settings of the agents that Datadog's site may change. */
  readonly remoteConfiguration: Switch;
  readonly clusterAgent: {
    readonly replicas: number;
    readonly tokenExistingSecret: string;
    readonly resources: ResourceValues;
    readonly containers: {
      readonly clusterAgent: { readonly securityContext: ContainerSecurityValues };
      readonly initContainers: ContainerValues & {
        readonly securityContext: ContainerSecurityValues;
      };
    };
    readonly pdb: { readonly create: boolean; readonly maxUnavailable: number };
    readonly topologySpreadConstraints: readonly SpreadValues[];
    readonly priorityClassName: string;
    readonly admissionController: {
      readonly enabled: boolean;
      readonly mutateUnlabelled: boolean;
      readonly failurePolicy: "Ignore";
    };
  };
  readonly agents: {
    readonly tolerations: readonly { readonly operator: "Exists" }[];
    readonly priorityClassName: string;
    readonly containers: Readonly<
      Record<"agent" | "traceAgent" | "processAgent" | "initContainers", ContainerValues>
    >;
  };
}
