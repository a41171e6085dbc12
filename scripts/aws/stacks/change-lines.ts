import type { ResourceChange } from "./change-set.ts";

const marks: Readonly<Record<string, string>> = { Add: "+", Modify: "~", Remove: "-", Import: ">" };

/** The changes for people, one line each, what is taken away or made anew marked as such. */
export function changeLines(changes: readonly ResourceChange[]): readonly string[] {
  if (changes.length === 0) return ["    (outputs, tags or metadata only)"];
  return changes.map(({ action, id, type, replaces }) => {
    const note = { True: "  REPLACED", Conditional: "  may be REPLACED", False: "" }[replaces];
    return `    ${marks[action] ?? "?"} ${id}  ${type}${action === "Remove" ? "  REMOVED" : note}`;
  });
}

/** What a cluster cannot live without, or what holds data that nothing brings back. */
const irreplaceable =
  /^AWS::(?:EKS::Cluster|EC2::(?:VPC|Subnet)|EFS::FileSystem|S3::Bucket|KMS::Key|ECR::Repository|SecretsManager::Secret|Route53::HostedZone|Backup::BackupVault|RDS::\w+)$/;

/** Changes that would take such a thing away, or put an empty one in its place. */
export function losses(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  return changes.filter(
    ({ action, type, replaces }) => irreplaceable.test(type) && (action === "Remove" || replaces !== "False"),
  );
}
