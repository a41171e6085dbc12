import type { RoleArn } from "./names.ts";

/** AWS services that a VPC can reach without leaving it, as the last part of the endpoint's service name. */
export type InterfaceEndpoint =
  | "bedrock-runtime"
  | "ec2"
  | "ecr.api"
  | "ecr.dkr"
  | "eks"
  | "eks-auth"
  | "elasticloadbalancing"
  | "kms"
  | "logs"
  | "monitoring"
  | "secretsmanager"
  | "sts";

/** Days that CloudWatch can be told to keep logs. */
export type LogDays = 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731;

export const controlPlaneLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;
export type ControlPlaneLog = (typeof controlPlaneLogs)[number];

/** Add-ons that EKS itself manages: what pods need before anything of ours can run. */
export const eksAddons = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent", "coredns"] as const;
export type EksAddon = (typeof eksAddons)[number];

/** Somebody who may use the cluster's API, by EKS' access entries. */
export interface AccessEntry {
  readonly principal: RoleArn;
  readonly policy:
    | "AmazonEKSClusterAdminPolicy"
    | "AmazonEKSAdminPolicy"
    | "AmazonEKSEditPolicy"
    | "AmazonEKSViewPolicy";
  /** Namespaces that the policy holds in. Default: all of them. */
  readonly namespaces?: readonly string[];
}

/** A bucket of a cluster, such as the one that its databases are backed up to. */
export interface Bucket {
  /** What it is for; its whole name is {@link bucketName}. */
  readonly name: string;
  /** Days after which objects are deleted. Default: never. */
  readonly expireDays?: number;
}

/** How Secrets Manager changes an entry by itself. */
export interface Rotation {
  /** Function that makes and sets the new value. */
  readonly lambda: `arn:aws:lambda:${string}`;
  readonly everyDays: number;
}

/** What the stacks underneath a cluster are told beside what the cluster says of itself. */
export interface AwsSettings {
  /**
   * Public Route 53 zone that its hosts are in, and that is there already, in its account. A cluster with the capability `dns`
   * has a zone of its own instead. Default: none, which only a cluster without a certificate can do with.
   */
  readonly zone?: string;
  /** NAT gateways: one that both zones share, or one for each, which outlives the loss of a zone. Default: one. */
  readonly natGateways?: "one" | "one-per-zone";
  /** Services reached inside the VPC, besides S3, which always is. Default: none; they go through NAT. */
  readonly interfaceEndpoints?: readonly InterfaceEndpoint[];
  /** Days that the record of network flows is kept. Default: 30. */
  readonly flowLogDays?: LogDays;
  /** What the control plane logs. Default: everything. */
  readonly controlPlaneLogs?: readonly ControlPlaneLog[];
  /** Days that the control plane's logs are kept. Default: 90. */
  readonly controlPlaneLogDays?: LogDays;
  /** Sources that may reach the API server from outside the VPC; none for nobody. Default: everywhere, with a login. */
  readonly apiServerFrom?: readonly string[];
  /** Who may use the API server, besides the role that makes the stacks. Default: nobody. */
  readonly access?: readonly AccessEntry[];
  /** Versions of EKS' own add-ons. Default: the one that EKS gives the cluster's Kubernetes version. */
  readonly addonVersions?: Readonly<Partial<Record<EksAddon, `v${string}-eksbuild.${number}`>>>;
  /** Default: none. */
  readonly buckets?: readonly Bucket[];
  /** Rotation of Secrets Manager's entries, by their name below the cluster, `<app>/<environment>/<entry>`. Default: none. */
  readonly rotation?: Readonly<Record<string, Rotation>>;
}

/** Name of a bucket, which is unique in all of AWS. */
export function bucketName(
  { name, account, region }: { readonly name: string; readonly account: string; readonly region: string },
  bucket: string,
): string {
  return `${name}-${bucket}-${account}-${region}`;
}
