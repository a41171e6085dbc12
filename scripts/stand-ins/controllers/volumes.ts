import { list, stringMap, strings, text } from "../../../synth/objects/json-fields.ts";
import type { Json, KubernetesObject } from "../../../synth/objects/kubernetes-object.ts";
import type { KubernetesClient } from "../../kubernetes/client.ts";
import { standInMark } from "../mark.ts";
import { referenceOf } from "../reference.ts";
import type { StandIn, StandInContext } from "../stand-in.ts";

const standsInFor = "the CSI drivers: volumes that hold nothing";
const classKind = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" };
/** Set by the scheduler on a claim that waits for its pod. */
const selectedNode = "volume.kubernetes.io/selected-node";
/** Where a volume of one zone can be used; EFS and a node's own disk know no zones. */
const zoneLabels = ["topology.ebs.csi.aws.com/zone", "topology.kubernetes.io/zone"];

/** Makes the volume of a claim, in the zone of the node that the scheduler chose. */
async function provision(claim: KubernetesObject, { client, note }: StandInContext): Promise<undefined> {
  const className = text(claim, "spec", "storageClassName");
  if (className === undefined) return;
  const storageClass = await client.get({ ...classKind, name: className });
  if (storageClass === undefined) return;
  note(claim);
  if (text(claim, "spec", "volumeName") !== undefined) return expand(claim, client);
  const node = claim.metadata.annotations?.[selectedNode];
  if (text(storageClass, "volumeBindingMode") === "WaitForFirstConsumer" && node === undefined) return;
  await client.apply(await volumeFor(claim, storageClass, node, client), { fieldManager: "csi-provisioner" });
}

async function volumeFor(
  claim: KubernetesObject,
  storageClass: KubernetesObject,
  node: string | undefined,
  client: KubernetesClient,
): Promise<KubernetesObject> {
  const { name, namespace = "" } = claim.metadata;
  const uid = text(claim, "metadata", "uid") ?? "";
  const provisioner = text(storageClass, "provisioner") ?? "";
  const terms = provisioner === "ebs.csi.aws.com" && node !== undefined ? await zoneOf(node, client) : [];
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name: `pvc-${uid}`,
      labels: { [standInMark]: "csi-driver" },
      annotations: { "pv.kubernetes.io/provisioned-by": provisioner },
    },
    spec: {
      capacity: { storage: text(claim, "spec", "resources", "requests", "storage") ?? "1Gi" },
      accessModes: strings(claim, "spec", "accessModes"),
      persistentVolumeReclaimPolicy: text(storageClass, "reclaimPolicy") ?? "Delete",
      storageClassName: storageClass.metadata.name,
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
      // The name of a CSI driver has no slash, that of a provisioner may.
      csi: { driver: provisioner.replaceAll("/", "-"), volumeHandle: `stand-in-${uid}` },
      ...(terms.length > 0 && {
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: terms }] } },
      }),
    },
  };
}

async function zoneOf(name: string, client: KubernetesClient): Promise<readonly Json[]> {
  const node = await client.get({ apiVersion: "v1", kind: "Node", name });
  const labels = stringMap(node, "metadata", "labels");
  const key = zoneLabels.find((label) => labels[label] !== undefined);
  return key === undefined ? [] : [{ key, operator: "In", values: [labels[key] ?? ""] }];
}

/** A claim that asks for more gets it. */
async function expand(claim: KubernetesObject, client: KubernetesClient): Promise<undefined> {
  const wanted = text(claim, "spec", "resources", "requests", "storage");
  const held = text(claim, "status", "capacity", "storage");
  if (wanted === undefined || held === undefined || wanted === held) return;
  const name = text(claim, "spec", "volumeName") ?? "";
  const capacity = { storage: wanted };
  await client.mergePatch({ apiVersion: "v1", kind: "PersistentVolume", name }, { spec: { capacity } });
  await client.mergePatch(referenceOf(claim), { status: { capacity } }, "status");
}

/** What becomes of a volume whose claim is gone is its class's decision; `Retain` keeps it. */
async function reclaim(volume: KubernetesObject, { client }: StandInContext): Promise<undefined> {
  const isOurs = volume.metadata.labels?.[standInMark] === "csi-driver";
  const isReleased = text(volume, "status", "phase") === "Released";
  const policy = text(volume, "spec", "persistentVolumeReclaimPolicy");
  if (isOurs && isReleased && policy === "Delete") await client.delete(referenceOf(volume));
}

async function attach(attachment: KubernetesObject, { client }: StandInContext): Promise<undefined> {
  if (Reflect.get(Object(attachment["status"]), "attached") === true) return;
  await client.mergePatch(referenceOf(attachment), { status: { attached: true } }, "status");
}

export const csiDrivers: readonly StandIn[] = [
  { standsInFor, watches: { apiVersion: "v1", kind: "PersistentVolumeClaim" }, reconcile: provision },
  { standsInFor, watches: { apiVersion: "v1", kind: "PersistentVolume" }, reconcile: reclaim },
  { standsInFor, watches: { apiVersion: "storage.k8s.io/v1", kind: "VolumeAttachment" }, reconcile: attach },
];

/** The class that kind clusters come with, for clusters whose definitions count on it. */
export const localPathClass: KubernetesObject = {
  ...classKind,
  metadata: {
    name: "standard",
    labels: { [standInMark]: "local-path-provisioner" },
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
  },
  provisioner: "rancher.io/local-path",
  reclaimPolicy: "Delete",
  volumeBindingMode: "WaitForFirstConsumer",
};

/** Whether any object claims from a class that no object of the cluster defines, but kind brings. */
export function countsOnLocalPath(objects: readonly unknown[]): boolean {
  const defined = objects.some(
    (object) => text(object, "kind") === "StorageClass" && text(object, "metadata", "name") === "standard",
  );
  const claims = objects.flatMap((object) => [
    text(object, "spec", "storageClassName"),
    ...list(object, "spec", "volumeClaimTemplates").map((claim) => text(claim, "spec", "storageClassName")),
  ]);
  return !defined && claims.includes("standard");
}
