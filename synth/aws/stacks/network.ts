import { endpoints } from "../network/endpoints.ts";
import { flowLogs } from "../network/flow-logs.ts";
import { privateSide, publicSide, refsOf } from "../network/subnets.ts";
import { join, ref } from "../intrinsic.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { resource } from "../template.ts";

/** VPC, subnets in their zones, the ways out of it, and a record of what went through. */
export function network(input: StackInput): StackContent {
  const { name, network: plan } = input.view;
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Network of the cluster ${name}`,
      Resources: {
        Vpc: resource("AWS::EC2::VPC", {
          CidrBlock: plan.cidr,
          EnableDnsSupport: true,
          EnableDnsHostnames: true,
          Tags: [{ Key: "Name", Value: name }],
        }),
        ...publicSide(input),
        ...privateSide(input),
        ...endpoints(input),
        ...flowLogs(input),
      },
      Outputs: {
        VpcId: { Description: "The VPC", Value: ref("Vpc") },
        PublicSubnetIds: {
          Description: "Where internet-facing load balancers live",
          Value: idsOf("PublicSubnet", plan.publicSubnets),
        },
        PrivateSubnetIds: {
          Description: "Where nodes, pods and internal load balancers live",
          Value: idsOf("PrivateSubnet", plan.privateSubnets),
        },
      },
    },
    parameters: {},
    capabilities: ["CAPABILITY_IAM"],
  };
}

function idsOf(subnet: string, blocks: readonly string[]) {
  return join(",", refsOf(subnet, blocks));
}
