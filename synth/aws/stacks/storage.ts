import { buckets } from "../storage/buckets.ts";
import { fileSystem } from "../storage/file-system.ts";
import { ref } from "../intrinsic.ts";
import { fromStack, parameters } from "../parameters.ts";
import type { StackContent, StackInput } from "../stack.ts";

/** What outlives the cluster: the file system behind shared volumes, and buckets. */
export function storage(input: StackInput): StackContent | undefined {
  const { view, settings, cluster } = input;
  const isShared = cluster.capabilities.sharedStorage?.driver === "efs";
  const { buckets: wanted = [] } = settings;
  if (!isShared && wanted.length === 0) return undefined;
  const { VpcId, PrivateSubnetIds, ClusterSecurityGroupId } = fromStack;
  const { declared, sources } = parameters(
    isShared ? { VpcId, PrivateSubnetIds, ClusterSecurityGroupId } : {},
  );
  return {
    template: {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: `Storage of ${view.name}`,
      ...(isShared && { Parameters: declared }),
      Resources: { ...(isShared && fileSystem(view)), ...buckets(view, wanted) },
      ...(isShared && {
        Outputs: {
          FileSystemId: { Description: "File system behind shared volumes", Value: ref("FileSystem") },
        },
      }),
    },
    parameters: sources,
  };
}
