import { controlPlane } from "../eks/control-plane.ts";
import { clusterAddons } from "../eks/addons.ts";
import { nodeGroups } from "../eks/node-groups.ts";
import { getAtt, ref, select, split } from "../intrinsic.ts";
import { fromStack, parameters } from "../parameters.ts";
import type { StackContent, StackInput } from "../stack.ts";

/** The control plane, its nodes, what EKS itself runs on them, and whom its service accounts' tokens are trusted by. */
export function eks(input: StackInput): StackContent {
  const { PrivateSubnetIds } = fromStack;
  const { declared, sources } = parameters({ PrivateSubnetIds });
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `EKS cluster ${input.view.eksName} of ${input.view.name}`,
      Parameters: declared,
      Resources: { ...controlPlane(input), ...nodeGroups(input), ...clusterAddons(input) },
      Outputs: {
        ClusterName: { Description: "Name of the cluster in EKS", Value: ref("Cluster") },
        ClusterArn: { Description: "ARN of the cluster", Value: getAtt("Cluster", "Arn") },
        ClusterEndpoint: {
          Description: "Address of the API server",
          Value: getAtt("Cluster", "Endpoint"),
        },
        ClusterSecurityGroupId: {
          Description: "Security group of the control plane and of all nodes",
          Value: getAtt("Cluster", "ClusterSecurityGroupId"),
        },
        OidcIssuer: {
          Description: "Issuer of service accounts' tokens, without https://",
          Value: select(1, split("//", getAtt("Cluster", "OpenIdConnectIssuerUrl"))),
        },
        NodeRoleArn: { Description: "Role of the nodes", Value: getAtt("NodeRole", "Arn") },
      },
    },
    parameters: sources,
    capabilities: ["CAPABILITY_IAM"],
  };
}
