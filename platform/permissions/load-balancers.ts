import type { EksView, PermissionStatement } from "#synth";
import { owned, ownedAndKept, requested } from "./load-balancer-tag.ts";

/** What the controller does with load balancers, listeners, rules and target groups. */
export function loadBalancers(cluster: EksView): readonly PermissionStatement[] {
  const { account, region } = cluster;
  const arn = (path: string) => `arn:aws:elasticloadbalancing:${region}:${account}:${path}`;
  const balancers = [arn("loadbalancer/app/*/*"), arn("loadbalancer/net/*/*")];
  const listeners = [arn("listener/app/*/*/*"), arn("listener/net/*/*/*")];
  const rules = [arn("listener-rule/app/*/*/*/*"), arn("listener-rule/net/*/*/*/*")];
  const targetGroups = [arn("targetgroup/*/*")];
  const taggable = [...targetGroups, ...balancers];
  return [
    {
      actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      resources: taggable,
      conditions: { StringEquals: requested(cluster) },
    },
    {
      actions: ["elasticloadbalancing:AddTags"],
      resources: taggable,
      conditions: {
        StringEquals: {
          "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"],
          ...requested(cluster),
        },
      },
    },
    {
      actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      resources: taggable,
      conditions: ownedAndKept(cluster),
    },
    {
      actions: [
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyCapacityReservation",
        "elasticloadbalancing:ModifyIpPools",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      resources: taggable,
      conditions: owned(cluster),
    },
    {
      actions: ["elasticloadbalancing:ModifyListenerAttributes"],
      resources: listeners,
      conditions: owned(cluster),
    },
    {
      actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      resources: [...listeners, ...rules],
    },
    {
      actions: [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RemoveListenerCertificates",
      ],
      resources: [...balancers, ...listeners, ...rules],
    },
    {
      actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
      resources: targetGroups,
    },
    { actions: ["elasticloadbalancing:SetRulePriorities"], resources: rules },
    ...webAcls(cluster, balancers),
  ];
}

function webAcls(cluster: EksView, balancers: readonly string[]): readonly PermissionStatement[] {
  const { account, region } = cluster;
  return [
    {
      actions: ["elasticloadbalancing:SetWebAcl"],
      resources: ["*"],
      because:
        "the published policy does not scope it; which web ACLs and load balancers may be joined, the next statement says",
    },
    {
      actions: [
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
      ],
      resources: [`arn:aws:wafv2:${region}:${account}:regional/webacl/*/*`, ...balancers],
    },
  ];
}
