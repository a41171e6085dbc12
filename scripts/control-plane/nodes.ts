import { nodeRoom } from "../../synth/checks/allocatable.ts";
import { nodeGroupLabel } from "../../synth/kubernetes/labels.ts";
import type { Provider } from "../../synth/model/cluster-view.ts";
import type { Region } from "../../synth/model/names.ts";
import { instanceTypes } from "../../synth/model/node-group.ts";
import type { InstanceType, NodeGroup } from "../../synth/model/node-group.ts";
import type { KubernetesObject } from "../../synth/objects/kubernetes-object.ts";

export interface NodeShape {
  readonly provider: Provider;
  /** Of nodes whose group names no zones. */
  readonly region: Region;
  /** Version that the kubelets say they are. */
  readonly kubelet: string;
}

const gibibyte = 2 ** 30;
/** GiB of a node's disk, where its group does not say: the default of `NodeGroup.diskGiB`. */
const defaultDisk = 80;

/** Node number `index` of a group, counted from 0: types and zones are gone through in turn. */
export function nodeOf(group: NodeGroup, index: number, shape: NodeShape): KubernetesObject {
  const { instanceTypes: types, zones = defaultZones(shape.region), taints = [], diskGiB } = group;
  const type = types[index % types.length] ?? types[0];
  const zone = zones[index % zones.length] ?? "";
  const name = nodeName(group.name, index);
  const disk = (diskGiB ?? defaultDisk) * gibibyte;
  const { cpu, memoryGiB } = instanceTypes[type];
  const room = nodeRoom(shape.provider, type);
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: labelsOf(group, name, type, zone, shape),
      annotations: { "slipway.dev/stand-in": `a ${type} machine, simulated by kwok` },
    },
    spec: {
      providerID: `aws:///${zone}/${name}`,
      ...(taints.length > 0 && { taints: taints.map(({ key, value, effect }) => ({ key, value, effect })) }),
    },
    status: {
      capacity: {
        cpu: String(cpu),
        memory: String(memoryGiB * gibibyte),
        pods: String(room.pods),
        "ephemeral-storage": String(disk),
        ...gpus(type),
      },
      allocatable: {
        cpu: `${Math.floor(room.cpu * 1000)}m`,
        memory: String(Math.floor(room.memory)),
        pods: String(room.pods),
        // The kubelet evicts at a tenth, and keeps 1 GiB.
        "ephemeral-storage": String(Math.floor(disk * 0.9) - gibibyte),
        ...gpus(type),
      },
      nodeInfo: nodeInfo(shape.kubelet),
    },
  };
}

export function nodeName(group: string, index: number): string {
  return `${group}-${index + 1}`;
}

function labelsOf(group: NodeGroup, name: string, type: InstanceType, zone: string, shape: NodeShape) {
  const eks = {
    "eks.amazonaws.com/nodegroup": group.name,
    "eks.amazonaws.com/capacityType": group.capacity === "spot" ? "SPOT" : "ON_DEMAND",
  };
  return {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "node.kubernetes.io/instance-type": type,
    "topology.kubernetes.io/region": shape.region,
    "topology.kubernetes.io/zone": zone,
    // The CSI drivers' own name for it, by which their volumes are tied to a zone.
    "topology.ebs.csi.aws.com/zone": zone,
    [nodeGroupLabel]: group.name,
    ...(shape.provider === "eks" && eks),
  };
}

/** NVIDIA's device plugin would count them; a g5.xlarge has one. */
function gpus(type: InstanceType): Readonly<Record<string, string>> {
  return type.startsWith("g5.") ? { "nvidia.com/gpu": "1" } : {};
}

/** The two zones of the VPC. */
function defaultZones(region: Region): readonly string[] {
  return [`${region}a`, `${region}b`];
}

function nodeInfo(kubelet: string) {
  return {
    architecture: "amd64",
    bootID: "",
    containerRuntimeVersion: "kwok",
    kernelVersion: "kwok",
    kubeProxyVersion: kubelet,
    kubeletVersion: kubelet,
    machineID: "",
    operatingSystem: "linux",
    osImage: "simulated",
    systemUUID: "",
  };
}
