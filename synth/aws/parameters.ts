import type { ParameterSource } from "./stack.ts";
import type { Parameter } from "./template.ts";

/** A parameter with where its value comes from, so that neither is there without the other. */
export interface SourcedParameter extends Parameter {
  readonly source: ParameterSource;
}

/** Parameters of a template, and their sources, from one list. */
export function parameters(sourced: Readonly<Record<string, SourcedParameter>>): {
  readonly declared: Readonly<Record<string, Parameter>>;
  readonly sources: Readonly<Record<string, ParameterSource>>;
} {
  const entries = Object.entries(sourced);
  return {
    declared: Object.fromEntries(
      entries.map(([name, { Type, Description }]) => [name, { Type, Description }]),
    ),
    sources: Object.fromEntries(entries.map(([name, { source }]) => [name, source])),
  };
}

const text = (source: ParameterSource, Description: string): SourcedParameter => ({
  Type: "String",
  Description,
  source,
});

/** What stacks take from others, each described once. */
export const fromStack = {
  VpcId: text({ from: "stack", stack: "network", output: "VpcId" }, "The cluster's VPC"),
  PrivateSubnetIds: {
    Type: "CommaDelimitedList",
    Description: "Where nodes, pods and internal load balancers live",
    source: { from: "stack", stack: "network", output: "PrivateSubnetIds" },
  },
  ClusterName: text({ from: "stack", stack: "eks", output: "ClusterName" }, "Name of the cluster in EKS"),
  ClusterSecurityGroupId: text(
    { from: "stack", stack: "eks", output: "ClusterSecurityGroupId" },
    "Security group of the control plane and of all nodes",
  ),
  OidcIssuer: text(
    { from: "stack", stack: "eks", output: "OidcIssuer" },
    "Issuer of service accounts' tokens, without https://",
  ),
  HostedZoneId: text({ from: "stack", stack: "zone", output: "HostedZoneId" }, "The cluster's own zone"),
} as const satisfies Readonly<Record<string, SourcedParameter>>;

/** Id of a public zone that is there already. */
export function existingZone(zone: string): SourcedParameter {
  return text({ from: "zone", zone }, `Route 53 zone ${zone}`);
}

/** What an alias record has to know of the load balancer that serves a host. */
export function loadBalancerOf(host: string, value: "dnsName" | "hostedZoneId"): SourcedParameter {
  const what = value === "dnsName" ? "DNS name" : "Route 53's zone for the name";
  return text({ from: "load-balancer", host, value }, `${what} of the load balancer of ${host}`);
}
