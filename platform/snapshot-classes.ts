import { defineEksAddon } from "#synth";
import { kubeSystem } from "./kube-system.ts";

/** The fields of a VolumeSnapshotClass, which has them at its top and no spec. */
interface VolumeSnapshotClass {
  readonly apiVersion: "snapshot.storage.k8s.io/v1";
  readonly kind: "VolumeSnapshotClass";
  readonly metadata: {
    readonly name: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly driver: "ebs.csi.aws.com";
  readonly deletionPolicy: "Delete" | "Retain";
}

export const snapshotClasses = defineEksAddon({
  name: "snapshot-classes",
  description: "How snapshots of EBS volumes are kept",
  layer: "configuration",
  wanted: ({ provider, capabilities }) => provider === "eks" && capabilities.volumeSnapshots !== undefined,
  needs: ["volumeSnapshots"],
  dependsOn: ["snapshot-controller", "aws-ebs-csi-driver"],
  provides: ["volumeSnapshots"],
  namespace: kubeSystem,
  render: (stage, { capabilities }) => {
    const snapshotClass: VolumeSnapshotClass = {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: {
        name: capabilities.volumeSnapshots.className,
        annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" },
      },
      // A snapshot is encrypted with its volume's key; there is nothing to say about it here.
      driver: "ebs.csi.aws.com",
      // What prunes old snapshots prunes the objects; kept in EBS, they would cost for ever. Namespaces are protected.
      deletionPolicy: "Delete",
    };
    stage.addResource(snapshotClass);
  },
});
