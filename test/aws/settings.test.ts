import { describe, expect, test } from "vitest";
import { instanceTypes } from "../../synth/model/node-group.ts";
import type { InstanceType, NodeGroup } from "../../synth/model/node-group.ts";
import { field, list, text } from "../../synth/objects/json-fields.ts";
import { workers } from "../invalid/garden.ts";
import { gardenStacks, resourceOf, resourcesOf, stackOf } from "./stacks.ts";

const zone = "example.com";
const clusterOf = (wish: Parameters<typeof gardenStacks>[0]) =>
  resourceOf(stackOf(gardenStacks(wish), "eks"), "Cluster").properties;

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

describe("the API server", () => {
  test("is reached from everywhere unless the cluster says from where", () => {
    const open = field(clusterOf({}), "ResourcesVpcConfig");
    expect(open).toMatchObject({ EndpointPublicAccess: true, PublicAccessCidrs: ["0.0.0.0/0"] });
    const narrow = clusterOf({ aws: { zone, apiServerFrom: ["203.0.113.0/24"] } });
    expect(field(narrow, "ResourcesVpcConfig")).toMatchObject({ PublicAccessCidrs: ["203.0.113.0/24"] });
  });

  test("is reached from inside only where no source is named", () => {
    const closed = field(clusterOf({ aws: { zone, apiServerFrom: [] } }), "ResourcesVpcConfig");
    expect(closed).toMatchObject({ EndpointPrivateAccess: true, EndpointPublicAccess: false });
    expect(Object(closed)).not.toHaveProperty("PublicAccessCidrs");
  });

  test("lets in whom the cluster names, in the namespaces that it names", () => {
    const principal = "arn:aws:iam::123456789012:role/gardeners";
    const access = [
      { principal, policy: "AmazonEKSViewPolicy", namespaces: ["shop-dev"] },
      { principal: `${principal}-in-chief`, policy: "AmazonEKSClusterAdminPolicy" },
    ] as const;
    const entries = resourcesOf(
      stackOf(gardenStacks({ aws: { zone, access } }), "eks"),
      "AWS::EKS::AccessEntry",
    );
    expect(entries.map(({ properties }) => properties)).toMatchObject([
      {
        PrincipalArn: principal,
        AccessPolicies: [
          {
            PolicyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
            AccessScope: { Type: "namespace", Namespaces: ["shop-dev"] },
          },
        ],
      },
      { PrincipalArn: `${principal}-in-chief`, AccessPolicies: [{ AccessScope: { Type: "cluster" } }] },
    ]);
  });

  test("runs add-ons at the versions that the cluster pins", () => {
    const stack = stackOf(
      gardenStacks({ aws: { zone, addonVersions: { coredns: "v1.2.3-eksbuild.4" } } }),
      "eks",
    );
    expect(text(resourceOf(stack, "CorednsAddon").properties, "AddonVersion")).toBe("v1.2.3-eksbuild.4");
    expect(Object(resourceOf(stack, "VpcCniAddon").properties)).not.toHaveProperty("AddonVersion");
  });

  test("is trusted by IAM through a provider for its own issuer", () => {
    expect(resourceOf(stackOf(gardenStacks({}), "eks"), "OidcProvider").properties).toEqual({
      Url: { "Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"] },
      ClientIdList: ["sts.amazonaws.com"],
    });
    const { Outputs } = stackOf(gardenStacks({}), "eks").template;
    expect(list(Outputs, "OidcIssuer", "Value", "Fn::Select")).toEqual([
      1,
      { "Fn::Split": ["//", { "Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"] }] },
    ]);
  });
});

function isOnEc2(name: string): name is InstanceType {
  return name in instanceTypes && name !== "local";
}

const nameOf = (group: NodeGroup) =>
  text(
    resourceOf(stackOf(gardenStacks({ nodeGroups: [group] }), "eks"), "WorkersNodeGroup").properties,
    "NodegroupName",
  );

describe("a node group", () => {
  test("gets the image with drivers where its instances have GPUs, and only there", () => {
    for (const type of Object.keys(instanceTypes).filter(isOnEc2)) {
      const group = { ...workers, instanceTypes: [type] } as const;
      const eks = stackOf(gardenStacks({ nodeGroups: [group] }), "eks");
      expect(text(resourceOf(eks, "WorkersNodeGroup").properties, "AmiType"), type).toBe(
        type.startsWith("g") ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD",
      );
    }
  });

  test("keeps its name as long as EKS can change it, and gets a new one where it has to be replaced", () => {
    const name = nameOf(workers);
    expect(nameOf({ ...workers, max: 9, diskGiB: 200 })).toBe(name);
    expect(nameOf({ ...workers, capacity: "spot" })).not.toBe(name);
    expect(nameOf({ ...workers, instanceTypes: ["m7i.xlarge"] })).not.toBe(name);
    expect(nameOf({ ...workers, zones: ["us-west-2a"] })).not.toBe(name);
  });
});
