import { k8s } from "cdk8s-plus-28";
import type { Stage } from "../model/stage.ts";

interface VolumeClaimSpec {
  /** Size as a quantity, such as `1Gi`. */
  readonly size: string;
  /** `block`: one node mounts it. `shared`: several do. */
  readonly access: "block" | "shared";
}

/** A PersistentVolumeClaim on the cluster's storage of that kind. Returns its name. */
export function volumeClaim(stage: Stage, name: string, spec: VolumeClaimSpec): string {
  const { blockStorage, sharedStorage } = stage.context.capabilities;
  const storage = spec.access === "block" ? blockStorage : sharedStorage;
  if (storage === undefined) {
    const capability = spec.access === "block" ? "blockStorage" : "sharedStorage";
    stage.context.report(
      `claim ${name} asks for ${spec.access} storage, which ${stage.context.cluster.name} does not have`,
      `give the cluster the capability "${capability}", or choose the other kind of storage`,
    );
  }
  stage.add(k8s.KubePersistentVolumeClaim, name, {
    spec: {
      accessModes: [spec.access === "block" ? "ReadWriteOnce" : "ReadWriteMany"],
      ...(storage && { storageClassName: storage.className }),
      resources: { requests: { storage: k8s.Quantity.fromString(spec.size) } },
    },
  });
  return name;
}
