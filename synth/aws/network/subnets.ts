import { zoneOf } from "../../model/cluster-view.ts";
import { getAtt, ref } from "../intrinsic.ts";
import type { Intrinsic } from "../intrinsic.ts";
import type { StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resource, Resources } from "../template.ts";

/** Resources of one name, numbered from 1, as many as there are blocks. */
export function refsOf(name: string, blocks: readonly string[]): readonly Intrinsic[] {
  return blocks.map((_, index) => ref(`${name}${index + 1}`));
}

/** Subnets with a way in from the internet, and NAT gateways in them for the others' way out. */
export function publicSide({ view, settings }: StackInput): Resources {
  const { publicSubnets: blocks } = view.network;
  const gateways = settings.natGateways === "one-per-zone" ? blocks : blocks.slice(0, 1);
  const attached = { DependsOn: ["InternetGatewayAttachment"] };
  return {
    InternetGateway: resource("AWS::EC2::InternetGateway", { Tags: [{ Key: "Name", Value: view.name }] }),
    InternetGatewayAttachment: resource("AWS::EC2::VPCGatewayAttachment", {
      VpcId: ref("Vpc"),
      InternetGatewayId: ref("InternetGateway"),
    }),
    ...subnets(view, "Public", blocks, "kubernetes.io/role/elb"),
    PublicRouteTable: routeTable(`${view.name}-public`),
    PublicRoute: resource(
      "AWS::EC2::Route",
      {
        RouteTableId: ref("PublicRouteTable"),
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: ref("InternetGateway"),
      },
      attached,
    ),
    ...each(
      blocks,
      (_, index) => `PublicSubnet${index + 1}Routes`,
      (_, index) => association(`PublicSubnet${index + 1}`, "PublicRouteTable"),
    ),
    ...each(
      gateways,
      (_, index) => `NatAddress${index + 1}`,
      () => resource("AWS::EC2::EIP", { Domain: "vpc" }, attached),
    ),
    ...each(
      gateways,
      (_, index) => `NatGateway${index + 1}`,
      (_, index) =>
        resource("AWS::EC2::NatGateway", {
          AllocationId: getAtt(`NatAddress${index + 1}`, "AllocationId"),
          SubnetId: ref(`PublicSubnet${index + 1}`),
          Tags: [{ Key: "Name", Value: `${view.name}-${index + 1}` }],
        }),
    ),
  };
}

/** Subnets with a way out only; each has a table of its own, so that another NAT gateway changes a route and no association. */
export function privateSide({ view, settings }: StackInput): Resources {
  const { privateSubnets: blocks, publicSubnets } = view.network;
  const gateway = (index: number): number =>
    settings.natGateways === "one-per-zone" ? Math.min(index, publicSubnets.length - 1) + 1 : 1;
  return {
    ...subnets(view, "Private", blocks, "kubernetes.io/role/internal-elb"),
    ...each(
      blocks,
      (_, index) => `PrivateRouteTable${index + 1}`,
      (_, index) => routeTable(`${view.name}-private-${index + 1}`),
    ),
    ...each(
      blocks,
      (_, index) => `PrivateRoute${index + 1}`,
      (_, index) =>
        resource("AWS::EC2::Route", {
          RouteTableId: ref(`PrivateRouteTable${index + 1}`),
          DestinationCidrBlock: "0.0.0.0/0",
          NatGatewayId: ref(`NatGateway${gateway(index)}`),
        }),
    ),
    ...each(
      blocks,
      (_, index) => `PrivateSubnet${index + 1}Routes`,
      (_, index) => association(`PrivateSubnet${index + 1}`, `PrivateRouteTable${index + 1}`),
    ),
  };
}

/** @param role tag by which the load balancer controller finds the subnets of its kind */
function subnets(
  { name, eksName, region, network: plan }: StackInput["view"],
  kind: "Public" | "Private",
  blocks: readonly string[],
  role: string,
): Resources {
  return each(
    blocks,
    (_, index) => `${kind}Subnet${index + 1}`,
    (block, index) =>
      resource("AWS::EC2::Subnet", {
        VpcId: ref("Vpc"),
        CidrBlock: block,
        AvailabilityZone: zoneOf(plan, region, index),
        // Load balancers and NAT gateways bring addresses of their own, and nothing else lives there.
        MapPublicIpOnLaunch: false,
        Tags: [
          { Key: "Name", Value: `${name}-${kind.toLowerCase()}-${index + 1}` },
          { Key: `kubernetes.io/cluster/${eksName}`, Value: "shared" },
          { Key: role, Value: "1" },
        ],
      }),
  );
}

function routeTable(name: string): Resource {
  return resource("AWS::EC2::RouteTable", { VpcId: ref("Vpc"), Tags: [{ Key: "Name", Value: name }] });
}

function association(subnet: string, table: string): Resource {
  return resource("AWS::EC2::SubnetRouteTableAssociation", {
    SubnetId: ref(subnet),
    RouteTableId: ref(table),
  });
}
