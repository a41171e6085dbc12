import { describe, expect, test } from "vitest";
import { zoneOf } from "../../synth/model/cluster-view.ts";
import { field, list, text } from "../../synth/objects/json-fields.ts";
import { gardenStacks, renderedFleet, resourceOf, resourcesOf, stackOf } from "./stacks.ts";

const zone = "example.com";

function tagsOf(properties: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    list(properties, "Tags").map((tag) => [text(tag, "Key") ?? "", field(tag, "Value")]),
  );
}

describe.each(renderedFleet().map((rendered) => [rendered.cluster.view.name, rendered] as const))(
  "the network of %s",
  (_name, { cluster, eks, stacks }) => {
    const stack = stackOf(stacks, "network");
    const { network: plan } = cluster.view;

    test("has the subnets of the plan, in their zones, with the tags by which load balancers find them", () => {
      const subnets = resourcesOf(stack, "AWS::EC2::Subnet").map(({ properties }) => {
        const tags = tagsOf(properties);
        return {
          block: text(properties, "CidrBlock"),
          zone: text(properties, "AvailabilityZone"),
          isPublic: tags["kubernetes.io/role/elb"] === "1",
          isPrivate: tags["kubernetes.io/role/internal-elb"] === "1",
          owner: tags[`kubernetes.io/cluster/${eks?.eksName}`],
        };
      });
      const expected = (blocks: readonly string[], isPublic: boolean) =>
        blocks.map((block, index) => ({
          block,
          zone: zoneOf(plan, eks?.region ?? "us-west-2", index),
          isPublic,
          isPrivate: !isPublic,
          owner: "shared",
        }));
      expect(subnets).toEqual([
        ...expected(plan.publicSubnets, true),
        ...expected(plan.privateSubnets, false),
      ]);
      expect(resourceOf(stack, "Vpc").properties).toMatchObject({ CidrBlock: plan.cidr });
    });

    test("records its flows, with a role that can do nothing else", () => {
      expect(resourceOf(stack, "FlowLog").properties).toMatchObject({
        ResourceId: { Ref: "Vpc" },
        TrafficType: "ALL",
        DeliverLogsPermissionArn: { "Fn::GetAtt": ["FlowLogRole", "Arn"] },
      });
    });

    test("leads out of every private subnet by NAT, and to S3 without", () => {
      const routed = resourcesOf(stack, "AWS::EC2::Route").filter(
        ({ properties }) => field(properties, "NatGatewayId") !== undefined,
      );
      expect(routed).toHaveLength(plan.privateSubnets.length);
      expect(list(resourceOf(stack, "S3Endpoint").properties, "RouteTableIds")).toHaveLength(
        plan.privateSubnets.length,
      );
    });
  },
);

describe("a network", () => {
  test("has one NAT gateway, or one for each zone with routes to that of the zone", () => {
    const one = stackOf(gardenStacks({}), "network");
    expect(resourcesOf(one, "AWS::EC2::NatGateway")).toHaveLength(1);
    const many = stackOf(gardenStacks({ aws: { zone, natGateways: "one-per-zone" } }), "network");
    expect(resourcesOf(many, "AWS::EC2::NatGateway")).toHaveLength(2);
    for (const index of [1, 2]) {
      expect(resourceOf(many, `NatGateway${index}`).properties).toMatchObject({
        SubnetId: { Ref: `PublicSubnet${index}` },
      });
      expect(resourceOf(many, `PrivateRoute${index}`).properties).toMatchObject({
        NatGatewayId: { Ref: `NatGateway${index}` },
      });
    }
  });

  test("has endpoints for the services that the cluster names, for the VPC alone", () => {
    const stack = stackOf(
      gardenStacks({ aws: { zone, interfaceEndpoints: ["ecr.api", "bedrock-runtime"] } }),
      "network",
    );
    const interfaces = resourcesOf(stack, "AWS::EC2::VPCEndpoint").filter(
      ({ properties }) => text(properties, "VpcEndpointType") === "Interface",
    );
    expect(interfaces.map(({ properties }) => text(properties, "ServiceName"))).toEqual([
      "com.amazonaws.us-west-2.ecr.api",
      "com.amazonaws.us-west-2.bedrock-runtime",
    ]);
    expect(resourceOf(stack, "EndpointSecurityGroup").properties).toMatchObject({
      SecurityGroupIngress: [{ FromPort: 443, ToPort: 443, CidrIp: "10.42.0.0/16" }],
    });
    expect(resourcesOf(stackOf(gardenStacks({}), "network"), "AWS::EC2::SecurityGroup")).toEqual([]);
  });

  test("lies in other zones where the plan names them", () => {
    const network = {
      cidr: "10.42.0.0/16",
      publicSubnets: ["10.42.0.0/20", "10.42.16.0/20"],
      privateSubnets: ["10.42.64.0/18", "10.42.128.0/18"],
      zones: ["us-west-2c", "us-west-2d"],
    } as const;
    const stack = stackOf(gardenStacks({ network }), "network");
    expect(text(resourceOf(stack, "PrivateSubnet2").properties, "AvailabilityZone")).toBe("us-west-2d");
  });
});
