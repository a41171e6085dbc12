import type { OutputsOf, Roles } from "./facts.ts";
import type { AccountId, KubernetesVersion, Reconciler, Region, Zone } from "./names.ts";
import type { NodeGroup } from "./node-group.ts";

/** Address plan of the cluster's network. */
export interface Network {
  readonly cidr: string;
  /** Where internet-facing load balancers live. */
  readonly publicSubnets: readonly string[];
  /** Where nodes, pods and internal load balancers live. */
  readonly privateSubnets: readonly string[];
  /** Zones of the subnets of either kind, in their order. Default: the region's a, b and so on. */
  readonly zones?: readonly Zone[];
}

/** Addresses of Services on EKS; apart from every VPC in 10.0.0.0/8, as the default network is. */
export const eksServiceCidr = "172.20.0.0/16";

/** Zone of the subnet with this index, public or private. */
export function zoneOf({ zones }: Network, region: Region, index: number): Zone {
  const letter = (["a", "b", "c", "d"] as const)[index] ?? "d";
  return zones?.[index] ?? `${region}${letter}`;
}

export const defaultNetwork: Network = {
  cidr: "10.42.0.0/16",
  publicSubnets: ["10.42.0.0/20", "10.42.16.0/20"],
  privateSubnets: ["10.42.64.0/18", "10.42.128.0/18"],
};

interface CommonView {
  readonly name: string;
  readonly kubernetes: KubernetesVersion;
  readonly reconciler: Reconciler;
  readonly nodeGroups: readonly [NodeGroup, ...NodeGroup[]];
  readonly network: Network;
}

/** What definitions see of a cluster that runs on AWS. */
export interface EksView extends CommonView {
  readonly provider: "eks";
  readonly account: AccountId;
  readonly region: Region;
  /** Name of the cluster in EKS. */
  readonly eksName: string;
  readonly outputs: OutputsOf<never>;
  readonly roles: Roles;
}

/** What definitions see of a cluster on somebody's machine. */
export interface LocalView extends CommonView {
  readonly provider: "kind" | "embedded";
}

export type ClusterView = EksView | LocalView;
export type Provider = ClusterView["provider"];
