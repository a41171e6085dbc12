import type { CertificateArn, RoleArn } from "./names.ts";

/**
 * What only AWS knows about a cluster, one value per name. A cluster definition lists the outputs it
 * uses; its committed clusters/facts/<cluster>.json must hold exactly those, so a missing or a stray
 * one is a problem at synth.
 */
export interface AwsOutputs {
  /** VPC the cluster runs in, `vpc-…`. */
  readonly vpcId: `vpc-${string}`;
  /** The cluster's OIDC issuer, which IAM roles for service accounts trust, without `https://`. */
  readonly oidcIssuer: `oidc.eks.${string}.amazonaws.com/id/${string}`;
  /** ACM certificate that its load balancers present. */
  readonly certificateArn: CertificateArn;
  /** EFS file system behind volumes that several nodes mount, `fs-…`. */
  readonly fileSystemId: `fs-${string}`;
  /** Route 53 zone that external-dns may change. */
  readonly hostedZoneId: `Z${string}`;
  /** Regional web ACL in front of public load balancers. */
  readonly webAclArn: `arn:aws:wafv2:${string}`;
}

export type AwsOutput = keyof AwsOutputs;

/** IAM role of each service account that holds AWS permissions, by `<namespace>/<service account>`. */
export type Roles = Readonly<Record<string, RoleArn>>;

/** Outputs that every EKS cluster has. */
export type BaseOutput = "vpcId" | "oidcIssuer";

/** The outputs a definition asked for, and nothing else: forgetting to list one does not compile. */
export type OutputsOf<O extends AwsOutput> = Pick<AwsOutputs, O | BaseOutput>;
