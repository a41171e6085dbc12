import { zoneOf } from "../../model/cluster-view.ts";
import { hasGpu } from "../../model/node-group.ts";
import type { NodeGroup, Taint } from "../../model/node-group.ts";
import { digestOf } from "../../objects/digest.ts";
import { nodeGroupLabel } from "../../kubernetes/labels.ts";
import { getAtt, ref, select } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import { trustService } from "../policy.ts";
import type { StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resource, Resources } from "../template.ts";

/** EKS' words for what Kubernetes calls the effect of a taint. */
const effects: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

const capacities: Readonly<Record<NodeGroup["capacity"], string>> = {
  "on-demand": "ON_DEMAND",
  spot: "SPOT",
};

/** Size of a node's root volume in GiB, where the definition does not say. */
const defaultDisk = 80;

/** The node groups of the definition, and the role that their nodes have. */
export function nodeGroups({ view }: StackInput): Resources {
  return {
    NodeRole: resource("AWS::IAM::Role", {
      AssumeRolePolicyDocument: trustService("ec2.amazonaws.com"),
      ManagedPolicyArns: [
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      ],
    }),
    ...each(
      view.nodeGroups,
      ({ name }) => `${logicalId(name)}LaunchTemplate`,
      (group) => launchTemplate(view.name, group),
    ),
    ...each(
      view.nodeGroups,
      ({ name }) => nodeGroupId(name),
      (group) => nodeGroup(view, group),
    ),
  };
}

/** Logical id of a node group. */
export function nodeGroupId(name: string): string {
  return `${logicalId(name)}NodeGroup`;
}

function launchTemplate(cluster: string, { name, diskGiB = defaultDisk }: NodeGroup): Resource {
  const tags = [{ Key: "Name", Value: `${cluster}-${name}` }];
  return resource("AWS::EC2::LaunchTemplate", {
    LaunchTemplateData: {
      // One hop: pods do not get at the node's role, only what runs in the node's own network does.
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [
        {
          // The root volume of Amazon Linux 2023.
          DeviceName: "/dev/xvda",
          Ebs: { VolumeSize: diskGiB, VolumeType: "gp3", Encrypted: true, DeleteOnTermination: true },
        },
      ],
      TagSpecifications: [
        { ResourceType: "instance", Tags: tags },
        { ResourceType: "volume", Tags: tags },
      ],
    },
  });
}

function nodeGroup(view: StackInput["view"], group: NodeGroup): Resource {
  const { name, instanceTypes, min, max, capacity, taints = [] } = group;
  const amiType = instanceTypes.some(hasGpu) ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD";
  const subnets = subnetsOf(view, group);
  // What EKS cannot change makes a new group, which needs a new name beside the old one.
  const fixed = digestOf({ instanceTypes, capacity, amiType, subnets });
  const template = `${logicalId(name)}LaunchTemplate`;
  return resource(
    "AWS::EKS::Nodegroup",
    {
      ClusterName: ref("Cluster"),
      NodegroupName: `${name}-${fixed}`,
      NodeRole: getAtt("NodeRole", "Arn"),
      Subnets: subnets.map((index) => select(index, ref("PrivateSubnetIds"))),
      // Without it nodes would stay behind when the control plane gets a new version.
      Version: view.kubernetes,
      AmiType: amiType,
      CapacityType: capacities[capacity],
      InstanceTypes: instanceTypes,
      ScalingConfig: { MinSize: min, MaxSize: max, DesiredSize: min },
      UpdateConfig: { MaxUnavailable: 1 },
      Labels: { [nodeGroupLabel]: name },
      ...(taints.length > 0 && {
        Taints: taints.map(({ key, value, effect }) => ({ Key: key, Value: value, Effect: effects[effect] })),
      }),
      LaunchTemplate: { Id: ref(template), Version: getAtt(template, "LatestVersionNumber") },
    },
    // Nodes without a network plugin would never be ready.
    { DependsOn: ["VpcCniAddon", "KubeProxyAddon", "EksPodIdentityAgentAddon"] },
  );
}

/** Indices of the private subnets in the group's zones. */
function subnetsOf(view: StackInput["view"], { zones }: NodeGroup): readonly number[] {
  return view.network.privateSubnets.flatMap((_, index) =>
    zones === undefined || zones.includes(zoneOf(view.network, view.region, index)) ? [index] : [],
  );
}
