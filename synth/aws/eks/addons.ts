import { eksAddons } from "../../model/aws.ts";
import type { EksAddon } from "../../model/aws.ts";
import { getAtt, ref } from "../intrinsic.ts";
import { logicalId } from "../logical-id.ts";
import { trustPodIdentity } from "../pod-identity.ts";
import type { StackInput } from "../stack.ts";
import { each, resource } from "../template.ts";
import type { Resource, Resources } from "../template.ts";
import { nodeGroupId } from "./node-groups.ts";

/** Service account of the network plugin. */
const networkPlugin = { namespace: "kube-system", serviceAccount: "aws-node" };

/** What EKS itself runs: networking with policies that hold, and the agent that gives pods their roles. */
export function clusterAddons({ view, settings }: StackInput): Resources {
  return {
    VpcCniRole: resource("AWS::IAM::Role", {
      AssumeRolePolicyDocument: trustPodIdentity(view, networkPlugin),
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"],
    }),
    ...each(
      eksAddons,
      (name) => `${logicalId(name)}Addon`,
      (name) =>
        resource(
          "AWS::EKS::Addon",
          {
            AddonName: name,
            ClusterName: ref("Cluster"),
            ResolveConflicts: "OVERWRITE",
            ...(settings.addonVersions?.[name] && { AddonVersion: settings.addonVersions[name] }),
            ...configuration[name],
          },
          after(name, view),
        ),
    ),
  };
}

function after(name: EksAddon, { nodeGroups }: StackInput["view"]): Pick<Resource, "DependsOn"> {
  switch (name) {
    // It gets its role by the agent.
    case "vpc-cni":
      return { DependsOn: ["EksPodIdentityAgentAddon"] };
    // Its pods need a node; the others are there before the first one.
    case "coredns":
      return { DependsOn: nodeGroups.map((group) => nodeGroupId(group.name)) };
    default:
      return {};
  }
}

const configuration: Readonly<Record<EksAddon, object>> = {
  "vpc-cni": {
    // Without it no NetworkPolicy does anything.
    ConfigurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
    PodIdentityAssociations: [
      { ServiceAccount: networkPlugin.serviceAccount, RoleArn: getAtt("VpcCniRole", "Arn") },
    ],
  },
  "kube-proxy": {},
  "eks-pod-identity-agent": {},
  coredns: {},
};
