import type { OutputsOf, Roles } from "./facts.ts";
import type { AccountId, KubernetesVersion, Reconciler, Region } from "./names.ts";
import type { NodeGroup } from "./node-group.ts";

/** Address plan of the cluster's network. */
export interface Network {
  readonly cidr: string;
  /** Where internet-facing load balancers live. */
  readonly publicSubnets: readonly string[];
  /** Where nodes, pods and internal load balancers live. */
  readonly privateSubnets: readonly string[];
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
