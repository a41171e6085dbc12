import * as v from "valibot";
import type { Session } from "../session.ts";

/** Something that would be lost, or left behind and paid for, if the stacks went now. */
export interface Remains {
  /** Such as `load balancer`. */
  readonly kind: string;
  /** Id or name in AWS. */
  readonly id: string;
  /** What a person does about it. */
  readonly fix: string;
}

const reservations = {
  volumes: v.object({ Volumes: v.array(v.object({ VolumeId: v.string(), Size: v.number() })) }),
  snapshots: v.object({ Snapshots: v.array(v.object({ SnapshotId: v.string() })) }),
  tagged: v.object({ ResourceTagMappingList: v.array(v.object({ ResourceARN: v.string() })) }),
  interfaces: v.object({
    NetworkInterfaces: v.array(
      v.object({
        NetworkInterfaceId: v.string(),
        InterfaceType: v.optional(v.string(), "interface"),
        Description: v.optional(v.string(), ""),
      }),
    ),
  }),
  fileSystems: v.object({
    FileSystems: v.array(
      v.object({ FileSystemId: v.string(), SizeInBytes: v.object({ Value: v.number() }) }),
    ),
  }),
  objects: v.nullable(
    v.object({ KeyCount: v.optional(v.number()), Contents: v.optional(v.array(v.unknown()), []) }),
  ),
};

/** What the ALB controller marks its own with; the value is the cluster's name in EKS. */
const controllerTag = "elbv2.k8s.aws/cluster";

/** Bytes that an empty EFS file system counts for its own bookkeeping. */
const emptyFileSystem = 6 * 1024;

/** Load balancers and target groups that the cluster's controller made: no stack knows them. */
export async function loadBalancers({ aws, definition }: Session): Promise<readonly Remains[]> {
  const filter = `Key=${controllerTag},Values=${definition.eksName}`;
  const types = ["elasticloadbalancing:loadbalancer", "elasticloadbalancing:targetgroup"];
  const args = [
    "resourcegroupstaggingapi",
    "get-resources",
    "--tag-filters",
    filter,
    "--resource-type-filters",
    ...types,
  ];
  const { ResourceTagMappingList } = await aws.ask(reservations.tagged, args);
  return ResourceTagMappingList.map(({ ResourceARN }) => ({
    kind: ResourceARN.includes(":targetgroup/") ? "target group" : "load balancer",
    id: ResourceARN,
    fix: "remove the placements from the definition and merge that: the controller then deletes it; it has to run until that is done",
  }));
}

/** Volumes that claims were given, and snapshots of them. */
export async function blockStorage({ aws, definition }: Session): Promise<readonly Remains[]> {
  // What the EBS CSI driver marks volumes and snapshots with, given the cluster's name.
  const owned = `Name=tag:kubernetes.io/cluster/${definition.eksName},Values=owned`;
  const { Volumes } = await aws.ask(reservations.volumes, ["ec2", "describe-volumes", "--filters", owned]);
  const mine = ["ec2", "describe-snapshots", "--owner-ids", "self", "--filters", owned];
  const { Snapshots } = await aws.ask(reservations.snapshots, mine);
  return [
    ...Volumes.map(({ VolumeId, Size }) => ({
      kind: "volume",
      id: `${VolumeId} (${Size} GiB)`,
      fix: "save what is in it, then delete its claim and, where the class retains, the volume",
    })),
    ...Snapshots.map(({ SnapshotId }) => ({
      kind: "snapshot",
      id: SnapshotId,
      fix: "keep it by taking its tag of the cluster away, or delete it",
    })),
  ];
}

/**
 * File systems and buckets of the cluster's stacks that are not empty.
 *
 * @param fileSystemId what the storage stack says; undefined where it is not there
 */
export async function sharedStorage(
  { aws, rendered }: Session,
  fileSystemId: string | undefined,
): Promise<readonly Remains[]> {
  const storage = rendered.stacks.find(({ kind }) => kind === "storage");
  if (storage === undefined) return [];
  const resources = Object.values(storage.template.Resources);
  const found: Remains[] = [];
  if (fileSystemId !== undefined) {
    const { FileSystems } = await aws.ask(reservations.fileSystems, ["efs", "describe-file-systems"]);
    for (const { FileSystemId, SizeInBytes } of FileSystems) {
      if (FileSystemId !== fileSystemId || SizeInBytes.Value <= emptyFileSystem) continue;
      found.push({ kind: "file system", id: FileSystemId, fix: "save what is in it, then empty it" });
    }
  }
  for (const bucket of bucketsOf(resources)) {
    const args = ["s3api", "list-objects-v2", "--bucket", bucket, "--max-items", "1"];
    const answer = await aws.attempt(reservations.objects, args);
    if ("value" in answer && (answer.value?.Contents ?? []).length > 0) {
      found.push({ kind: "bucket", id: bucket, fix: "save what is in it, then empty it" });
    }
  }
  return found;
}

const bucketProperties = v.object({ BucketName: v.string() });

function bucketsOf(
  resources: readonly { readonly Type: string; readonly Properties: object }[],
): readonly string[] {
  return resources.flatMap(({ Type, Properties }) => {
    const parsed = v.safeParse(bucketProperties, Properties);
    return Type === "AWS::S3::Bucket" && parsed.success ? [parsed.output.BucketName] : [];
  });
}

/** Network interfaces in the VPC that no stack made: they would keep it from being deleted. */
export async function networkInterfaces(
  { aws }: Session,
  vpcId: string | undefined,
): Promise<readonly Remains[]> {
  if (vpcId === undefined) return [];
  const args = ["ec2", "describe-network-interfaces", "--filters", `Name=vpc-id,Values=${vpcId}`];
  const { NetworkInterfaces } = await aws.ask(reservations.interfaces, args);
  // Of load balancers and Lambda functions; those of nodes, NAT and endpoints go with their stacks.
  return NetworkInterfaces.filter(({ Description }) => /^(?:ELB |AWS Lambda)/.test(Description)).map(
    ({ NetworkInterfaceId, Description }) => ({
      kind: "network interface",
      id: `${NetworkInterfaceId} (${Description})`,
      fix: "delete what it belongs to, which no stack of the cluster knows",
    }),
  );
}
