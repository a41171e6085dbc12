import type { EksView, PermissionStatement, Permissions } from "#synth";
import { owned, ownedAndKept, requested } from "./load-balancer-tag.ts";
import { loadBalancers } from "./load-balancers.ts";

/**
 * The policy that the controller's v3.5.0 publishes (docs/install/iam_policy.json), narrowed as its
 * installation guide recommends: to this account, region and VPC, and to resources tagged with this
 * cluster's name where the published one asks for the tag only. Without Shield and WAF Classic,
 * which the add-on turns off.
 */
export function loadBalancerPermissions(cluster: EksView): Permissions {
  return {
    statements: [...read(cluster), ...securityGroups(cluster), ...loadBalancers(cluster)],
  };
}

function read(cluster: EksView): readonly PermissionStatement[] {
  return [
    {
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [
        `arn:aws:iam::${cluster.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
      ],
      conditions: {
        StringEquals: { "iam:AWSServiceName": ["elasticloadbalancing.amazonaws.com"] },
      },
    },
    {
      actions: [
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeCoipPools",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeIpamPools",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:DescribeVpcs",
        "ec2:GetCoipPoolUsage",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:DescribeCapacityReservation",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTrustStores",
        "acm:DescribeCertificate",
        "acm:ListCertificates",
        "cognito-idp:DescribeUserPoolClient",
        "iam:GetServerCertificate",
        "iam:ListServerCertificates",
      ],
      resources: ["*"],
      because: "listing and describing has no resource to name; nothing here changes anything",
    },
  ];
}

function securityGroups(cluster: EksView): readonly PermissionStatement[] {
  const { account, region, outputs } = cluster;
  const groups = `arn:aws:ec2:${region}:${account}:security-group/*`;
  const vpc = `arn:aws:ec2:${region}:${account}:vpc/${outputs.vpcId}`;
  return [
    // Nodes' own groups too, which the controller opens for its load balancers and did not create.
    {
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      resources: [groups],
      conditions: { ArnEquals: { "ec2:Vpc": [vpc] } },
    },
    { actions: ["ec2:CreateSecurityGroup"], resources: [groups, vpc] },
    { actions: ["ec2:DeleteSecurityGroup"], resources: [groups], conditions: owned(cluster) },
    {
      actions: ["ec2:CreateTags"],
      resources: [groups],
      conditions: {
        StringEquals: { "ec2:CreateAction": ["CreateSecurityGroup"], ...requested(cluster) },
      },
    },
    {
      actions: ["ec2:CreateTags", "ec2:DeleteTags"],
      resources: [groups],
      conditions: ownedAndKept(cluster),
    },
  ];
}
