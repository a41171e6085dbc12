import { bucketName } from "#synth";
import type { Permissions } from "#synth";
import type { StudioContext } from "./parameters.ts";
import { serverName } from "./server.ts";
import { workerName } from "./worker.ts";

/** AWS permissions of server and worker: the objects of the environment's own bucket, and nothing else. */
export function permissions({
  cluster,
  namespace,
  parameters,
}: StudioContext): Readonly<Record<string, Permissions>> {
  const { storage } = parameters;
  if (cluster.provider !== "eks" || storage.provider !== "s3") return {};
  const bucket = `arn:aws:s3:::${bucketName(cluster, storage.bucket)}`;
  const objects: Permissions = {
    statements: [
      {
        actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        resources: [`${bucket}/*`],
      },
      // Without it a missing object is "forbidden" instead of "not found".
      { actions: ["s3:ListBucket"], resources: [bucket] },
    ],
  };
  return { [`${namespace}/${serverName}`]: objects, [`${namespace}/${workerName}`]: objects };
}
