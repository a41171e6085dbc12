import { describe, expect, test } from "vitest";
import { zoneOf } from "../../synth/model/cluster-view.ts";
import { instanceTypes } from "../../synth/model/node-group.ts";
import type { InstanceType, NodeGroup } from "../../synth/model/node-group.ts";
import type { AwsStack } from "../../synth/aws/stack.ts";
import { field, list, number, strings, text } from "../../synth/objects/json-fields.ts";
import { workers } from "../invalid/garden.ts";
import { gardenStacks, renderedFleet, resourceOf, resourcesOf, stackOf } from "./stacks.ts";

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

describe.each(renderedFleet().map((rendered) => [rendered.cluster.view.name, rendered] as const))(
  "the node groups of %s",
  (_name, { cluster, stacks, eks: definition }) => {
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
  },
);

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
