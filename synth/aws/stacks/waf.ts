import { requestLimits } from "../../kubernetes/request-limit.ts";
import { getAtt } from "../intrinsic.ts";
import type { ResourceProperties } from "../resource-types.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { resource } from "../template.ts";

type Rule = NonNullable<ResourceProperties["AWS::WAFv2::WebACL"]["Rules"]>[number];

/** AWS's own rules that every web ACL has, in the order in which they are asked. */
const managedRules = [
  { name: "AWSManagedRulesAmazonIpReputationList", counted: [] },
  { name: "AWSManagedRulesKnownBadInputsRuleSet", counted: [] },
  // Bodies above 8 KiB are uploads and prompts here, no attack: counted and let through.
  { name: "AWSManagedRulesCommonRuleSet", counted: ["SizeRestrictions_BODY"] },
] as const;

/** The fewest requests a minute that WAF can be told to count to. */
const fewestRequests = 10;

/** The web ACL in front of the cluster's load balancers, where its ingress names one. */
export function waf({ view, cluster, objects }: StackInput): StackContent | undefined {
  const { ingress } = cluster.capabilities;
  if (ingress?.controller !== "alb" || ingress.webAclArn === undefined) return undefined;
  const limits = requestLimits(objects.map(({ object }) => object));
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Web ACL of the load balancers of ${view.name}`,
      Resources: {
        WebAcl: resource("AWS::WAFv2::WebACL", {
          Name: view.name,
          Scope: "REGIONAL",
          DefaultAction: { Allow: {} },
          VisibilityConfig: visible(view.name),
          Rules: [
            ...managedRules.map(({ name, counted }, priority) => ({
              Name: name,
              Priority: priority,
              OverrideAction: { None: {} },
              VisibilityConfig: visible(name),
              Statement: {
                ManagedRuleGroupStatement: {
                  VendorName: "AWS",
                  Name: name,
                  RuleActionOverrides: counted.map((rule) => ({
                    Name: rule,
                    ActionToUse: { Count: {} },
                  })),
                },
              },
            })),
            ...limits.map(({ host, requestsPerMinute }, index) =>
              rateRule(host, requestsPerMinute, managedRules.length + index),
            ),
          ],
        }),
      },
      Outputs: { WebAclArn: { Description: "The web ACL", Value: getAtt("WebAcl", "Arn") } },
    },
    parameters: {},
  };
}

/** One client's requests to one host. */
function rateRule(host: string, requestsPerMinute: number, priority: number): Rule {
  const name = `limit-${host.replaceAll(".", "-").replaceAll("*", "any")}`;
  return {
    Name: name,
    Priority: priority,
    Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
    VisibilityConfig: visible(name),
    Statement: {
      RateBasedStatement: {
        AggregateKeyType: "IP",
        EvaluationWindowSec: 60,
        Limit: Math.max(fewestRequests, requestsPerMinute),
        ScopeDownStatement: {
          ByteMatchStatement: {
            FieldToMatch: { SingleHeader: { Name: "host" } },
            SearchString: host.replace(/^\*/, ""),
            PositionalConstraint: host.startsWith("*") ? "ENDS_WITH" : "EXACTLY",
            TextTransformations: [{ Priority: 0, Type: "LOWERCASE" }],
          },
        },
      },
    },
  };
}

function visible(name: string) {
  return { CloudWatchMetricsEnabled: true, MetricName: name, SampledRequestsEnabled: true };
}
