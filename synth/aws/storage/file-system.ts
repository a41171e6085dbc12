import type { EksView } from "../../model/cluster-view.ts";
import { getAtt, ref, select } from "../intrinsic.ts";
import { policyDocument } from "../policy.ts";
import { each, kept, resource } from "../template.ts";
import type { Resources } from "../template.ts";

/** NFS, which EFS speaks. */
const nfs = 2049;

/** An EFS file system with a mount target in every private subnet, for the cluster's nodes and nobody else. */
export function fileSystem(view: EksView): Resources {
  return {
    FileSystemKey: kept("AWS::KMS::Key", {
      Description: `Encrypts the file system of the cluster ${view.name}`,
      EnableKeyRotation: true,
      PendingWindowInDays: 30,
    }),
    FileSystem: kept("AWS::EFS::FileSystem", {
      Encrypted: true,
      KmsKeyId: getAtt("FileSystemKey", "Arn"),
      PerformanceMode: "generalPurpose",
      ThroughputMode: "elastic",
      BackupPolicy: { Status: "ENABLED" },
      LifecyclePolicies: [
        { TransitionToIA: "AFTER_30_DAYS" },
        { TransitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
      FileSystemPolicy: policyDocument([
        {
          Effect: "Allow",
          Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
          // Who gets to a mount target, the security group says.
          Principal: "*",
          Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
        },
        {
          Effect: "Deny",
          Action: [
            "elasticfilesystem:ClientMount",
            "elasticfilesystem:ClientRootAccess",
            "elasticfilesystem:ClientWrite",
          ],
          Principal: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
      FileSystemTags: [{ Key: "Name", Value: view.name }],
    }),
    FileSystemSecurityGroup: resource("AWS::EC2::SecurityGroup", {
      GroupDescription: "NFS from the nodes to the file system",
      VpcId: ref("VpcId"),
      SecurityGroupIngress: [
        {
          IpProtocol: "tcp",
          FromPort: nfs,
          ToPort: nfs,
          SourceSecurityGroupId: ref("ClusterSecurityGroupId"),
          Description: "NFS from the nodes",
        },
      ],
    }),
    ...each(
      view.network.privateSubnets,
      (_, index) => `MountTarget${index + 1}`,
      (_, index) =>
        resource("AWS::EFS::MountTarget", {
          FileSystemId: ref("FileSystem"),
          SubnetId: select(index, ref("PrivateSubnetIds")),
          SecurityGroups: [ref("FileSystemSecurityGroup")],
        }),
    ),
  };
}
