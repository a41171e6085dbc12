import type { ContainerSecurityValues, PodSecurityValues, ResourceValues, SpreadValues } from "./pod.ts";

/** Keys that we set of chart aws-load-balancer-controller 3.5.0. The chart has no schema: it takes a misspelt key silently. */
export interface AwsLoadBalancerControllerValues {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly replicaCount: number;
  readonly podDisruptionBudget: { readonly maxUnavailable: number };
  readonly resources: ResourceValues;
  readonly podSecurityContext: PodSecurityValues;
  readonly securityContext: ContainerSecurityValues;
  readonly topologySpreadConstraints: readonly SpreadValues[];
  readonly serviceAccount: { readonly annotations: Readonly<Record<string, string>> };
  readonly enableCertManager: boolean;
  readonly enableServiceMutatorWebhook: boolean;
  readonly createIngressClassResource: boolean;
  readonly ingressClassParams: { readonly create: boolean };
  readonly defaultTargetType: "instance" | "ip";
  readonly enableShield: boolean;
  readonly enableWaf: boolean;
  readonly enableWafv2: boolean;
  readonly serviceMonitor: { readonly enabled: boolean };
}
