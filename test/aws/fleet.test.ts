import { describe, expect, test } from "vitest";
import type { AwsStack } from "../../synth/aws/stack.ts";
import { zoneOf } from "../../synth/model/cluster-view.ts";
import { field, list, number, strings, text } from "../../synth/objects/json-fields.ts";
import { renderedFleet } from "./fleet.ts";
import { resourceOf, resourcesOf, stackOf } from "./stacks.ts";

const clusters = renderedFleet().map((rendered) => [rendered.cluster.view.name, rendered] as const);

const capacities: Readonly<Record<string, string>> = { ON_DEMAND: "on-demand", SPOT: "spot" };
const effects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

/** A node group as its definition would say it, read back from the template. */
function readBack(eks: AwsStack, properties: unknown, zones: readonly string[]) {
  const indices = list(properties, "Subnets").map((subnet) => Number(list(subnet, "Fn::Select")[0]));
  const template = resourceOf(eks, text(properties, "LaunchTemplate", "Id", "Ref") ?? "").properties;
  const [device] = list(template, "LaunchTemplateData", "BlockDeviceMappings");
  return {
    name: text(properties, "Labels", "slipway.dev/node-group"),
    instanceTypes: strings(properties, "InstanceTypes"),
    min: number(properties, "ScalingConfig", "MinSize"),
    max: number(properties, "ScalingConfig", "MaxSize"),
    capacity: capacities[text(properties, "CapacityType") ?? ""],
    zones: indices.map((index) => zones[index]),
    diskGiB: number(device, "Ebs", "VolumeSize"),
    taints: list(properties, "Taints").map((taint) => ({
      key: text(taint, "Key"),
      value: text(taint, "Value"),
      effect: effects[text(taint, "Effect") ?? ""],
    })),
  };
}

function tagsOf(properties: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    list(properties, "Tags").map((tag) => [text(tag, "Key") ?? "", field(tag, "Value")]),
  );
}

describe.each(clusters)("the node groups of %s", (_name, { cluster, stacks, eks: definition }) => {
  const eks = stackOf(stacks, "eks");
  const { network } = cluster.view;
  const zones = network.privateSubnets.map((_, index) =>
    zoneOf(network, definition?.region ?? "us-west-2", index),
  );

  test("are exactly those of its definition", () => {
    const made = resourcesOf(eks, "AWS::EKS::Nodegroup").map(({ properties }) =>
      readBack(eks, properties, zones),
    );
    expect(made).toEqual(
      cluster.view.nodeGroups.map(({ zones: wanted = zones, diskGiB = 80, taints = [], ...group }) => ({
        ...group,
        zones: wanted,
        diskGiB,
        taints,
      })),
    );
  });

  test("run the version of the control plane", () => {
    const groups = resourcesOf(eks, "AWS::EKS::Nodegroup");
    const versions = groups.map(({ properties }) => text(properties, "Version"));
    expect(new Set(versions)).toEqual(new Set([cluster.view.kubernetes]));
  });

  test("start from nodes whose disks are encrypted and whose role no pod gets at", () => {
    for (const { properties } of resourcesOf(eks, "AWS::EC2::LaunchTemplate")) {
      expect(field(properties, "LaunchTemplateData")).toMatchObject({
        MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [{ Ebs: { VolumeType: "gp3", Encrypted: true } }],
      });
    }
  });

  test("come after their network plugin, and before what needs a node", () => {
    for (const { resource } of resourcesOf(eks, "AWS::EKS::Nodegroup")) {
      expect(strings(resource, "DependsOn")).toEqual(
        expect.arrayContaining(["VpcCniAddon", "KubeProxyAddon", "EksPodIdentityAgentAddon"]),
      );
    }
    expect(strings(resourceOf(eks, "CorednsAddon").resource, "DependsOn")).toEqual(
      resourcesOf(eks, "AWS::EKS::Nodegroup").map(({ id }) => id),
    );
  });
});

describe.each(clusters)("the network of %s", (_name, { cluster, eks, stacks }) => {
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
    expect(subnets).toEqual([...expected(plan.publicSubnets, true), ...expected(plan.privateSubnets, false)]);
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
});

test.each(clusters)(
  "the control plane of %s runs its version, encrypts its Secrets and logs everything",
  (_name, { cluster, eks, stacks }) => {
    const stack = stackOf(stacks, "eks");
    expect(resourceOf(stack, "Cluster").properties).toMatchObject({
      Name: eks?.eksName,
      Version: cluster.view.kubernetes,
      AccessConfig: { AuthenticationMode: "API" },
      EncryptionConfig: [
        { Provider: { KeyArn: { "Fn::GetAtt": ["SecretsKey", "Arn"] } }, Resources: ["secrets"] },
      ],
      Logging: {
        ClusterLogging: {
          EnabledTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"].map((Type) => ({
            Type,
          })),
        },
      },
      ResourcesVpcConfig: { EndpointPrivateAccess: true, SubnetIds: { Ref: "PrivateSubnetIds" } },
      // What network policies take for the addresses of Services.
      KubernetesNetworkConfig: { ServiceIpv4Cidr: "172.20.0.0/16" },
    });
    expect(resourceOf(stack, "SecretsKey").properties).toMatchObject({ EnableKeyRotation: true });
    expect(resourceOf(stack, "ControlPlaneLogs").properties).toMatchObject({
      LogGroupName: `/aws/eks/${eks?.eksName}/cluster`,
    });
  },
);

test.each(clusters)(
  "EKS itself runs on %s what docs/bootstrap.md asks for, so that network policies hold and pods get roles",
  (_name, { stacks }) => {
    const addons = resourcesOf(stackOf(stacks, "eks"), "AWS::EKS::Addon");
    expect(addons.map(({ properties }) => text(properties, "AddonName"))).toEqual([
      "vpc-cni",
      "kube-proxy",
      "eks-pod-identity-agent",
      "coredns",
    ]);
    const [plugin] = addons;
    expect(JSON.parse(text(plugin?.properties, "ConfigurationValues") ?? "")).toEqual({
      enableNetworkPolicy: "true",
    });
  },
);
