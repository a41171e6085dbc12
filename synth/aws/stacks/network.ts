import { join, ref } from "../intrinsic.ts";
import type { StackContent, StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resource } from "../template.ts";

type Resources = Readonly<Record<string, Resource>>;

/** VPC, subnets in two zones, ways out of it, and a record of what went through. */
export function network({ view }: StackInput): StackContent {
  const { network: plan } = view;
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Network of the cluster ${view.name}`,
      Resources: {
        Vpc: resource("AWS::EC2::VPC", {
          CidrBlock: plan.cidr,
          EnableDnsSupport: true,
          EnableDnsHostnames: true,
          Tags: [{ Key: "Name", Value: view.name }],
        }),
        InternetGateway: resource("AWS::EC2::InternetGateway", {}),
        InternetGatewayAttachment: resource("AWS::EC2::VPCGatewayAttachment", {
          VpcId: ref("Vpc"),
          InternetGatewayId: ref("InternetGateway"),
        }),
        ...subnets(view, "Public"),
        ...subnets(view, "Private"),
      },
      Outputs: {
        VpcId: { Description: "The VPC", Value: ref("Vpc") },
        PublicSubnetIds: {
          Description: "Where internet-facing load balancers live",
          Value: list("PublicSubnet", plan.publicSubnets.length),
        },
        PrivateSubnetIds: {
          Description: "Where nodes, pods and internal load balancers live",
          Value: list("PrivateSubnet", plan.privateSubnets.length),
        },
      },
    },
    parameters: {},
  };
}

function list(name: string, count: number) {
  return join(
    ",",
    Array.from({ length: count }, (_, index) => ref(`${name}${index + 1}`)),
  );
}

function subnets(
  { network: plan, name, eksName, region }: StackInput["view"],
  kind: "Public" | "Private",
): Resources {
  const blocks = kind === "Public" ? plan.publicSubnets : plan.privateSubnets;
  return each(
    blocks,
    (_, index) => `${kind}Subnet${index + 1}`,
    (block, index) =>
      resource("AWS::EC2::Subnet", {
        VpcId: ref("Vpc"),
        CidrBlock: block,
        AvailabilityZone: `${region}${"abcd"[index] ?? "a"}`,
        Tags: [
          { Key: "Name", Value: `${name}-${kind.toLowerCase()}-${index + 1}` },
          { Key: `kubernetes.io/cluster/${eksName}`, Value: "shared" },
          {
            Key: kind === "Public" ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb",
            Value: "1",
          },
        ],
      }),
  );
}
