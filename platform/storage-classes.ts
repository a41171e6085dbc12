import { defineEksAddon, k8s } from "#synth";
import type { Capabilities, EksView, Stage } from "#synth";
import { kubeSystem } from "./kube-system.ts";

/** In the first layer, because a class may be there before its driver, and claims of the platform need it. */
export const storageClasses = defineEksAddon({
  name: "storage-classes",
  description: "Storage classes for EBS and EFS volumes, encrypted",
  layer: "foundation",
  wanted: ({ provider, capabilities }) =>
    provider === "eks" &&
    (capabilities.blockStorage?.driver === "ebs" || capabilities.sharedStorage !== undefined),
  provides: ["blockStorage", "sharedStorage"],
  namespace: kubeSystem,
  render: (stage, { cluster, capabilities }) => {
    const { blockStorage, sharedStorage } = capabilities;
    if (blockStorage?.driver === "ebs") block(stage, blockStorage);
    if (sharedStorage) shared(stage, cluster, sharedStorage);
  },
});

function block(stage: Stage, storage: Capabilities["blockStorage"]): void {
  stage.add(k8s.KubeStorageClass, storage.className, {
    // EKS has no default class of its own since 1.30.
    metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true", "csi.storage.k8s.io/fstype": "ext4" },
    reclaimPolicy: storage.reclaimPolicy ?? "Delete",
    // The volume is made in the zone of the pod that uses it, not the other way round.
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
}

function shared(stage: Stage, cluster: EksView, storage: Capabilities["sharedStorage"]): void {
  stage.add(k8s.KubeStorageClass, storage.className, {
    provisioner: "efs.csi.aws.com",
    parameters: {
      provisioningMode: "efs-ap",
      fileSystemId: storage.fileSystemId,
      directoryPerms: "700",
      // The user that every container runs as unless its definition says otherwise.
      uid: "1000",
      gid: "1000",
      basePath: `/${cluster.name}`,
      // Directories that a person finds by claim; a unique suffix keeps a new claim off old files.
      subPathPattern: "${.PVC.namespace}/${.PVC.name}",
      ensureUniqueDirectory: "true",
    },
    // Takes the access point, of which a file system holds a limited number, and leaves the files.
    reclaimPolicy: "Delete",
    volumeBindingMode: "Immediate",
  });
}
