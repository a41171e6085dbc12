import type { AwsSettings } from "./aws.ts";
import type { Capabilities, CapabilityName } from "./capability.ts";
import type { ChartMode } from "./chart.ts";
import type { LocalView, Network } from "./cluster-view.ts";
import type { AwsOutput, BaseOutput, OutputsOf } from "./facts.ts";
import type { AccountId, KubernetesVersion, Reconciler, Region } from "./names.ts";
import type { NodeGroup } from "./node-group.ts";
import { holdToFields } from "./known-fields.ts";
import type { KnownFields } from "./known-fields.ts";
import type { Placement } from "./placement.ts";

interface ClusterBase {
  readonly name: string;
  readonly kubernetes: KubernetesVersion;
  readonly reconciler: Reconciler;
  /** Group in whose turn it gets add-ons: one of the fleet's promotion order. Default: it follows main. */
  readonly group?: string;
  readonly nodeGroups: readonly [NodeGroup, ...NodeGroup[]];
  /** Default: 10.42.0.0/16 with two public and two private subnets. */
  readonly network?: Network;
  /** Registry prefix that charts are pulled from instead of their own repositories, for air-gapped use. */
  readonly chartMirror?: `oci://${string}`;
  /** Default: reference. */
  readonly chartMode?: ChartMode;
}

interface EksSpec<O extends AwsOutput, C extends Partial<Capabilities>> extends ClusterBase {
  readonly account: AccountId;
  readonly region: Region;
  /** Name of the cluster in EKS. Default: the cluster's name. */
  readonly eksName?: string;
  /** Profile of the AWS command line that its account is reached by. Default: the cluster's name. */
  readonly profile?: string;
  /** Default: what {@link AwsSettings} says of each. */
  readonly aws?: AwsSettings;
  /** AWS outputs its capabilities use; vpcId and oidcIssuer are always there. */
  readonly outputs: readonly O[];
  readonly capabilities: (aws: OutputsOf<O>) => C;
  readonly placements: readonly Placement<NoInfer<Extract<keyof C, CapabilityName>>>[];
}

interface LocalSpec<C extends Partial<Capabilities>> extends ClusterBase {
  readonly provider: LocalView["provider"];
  readonly capabilities: C;
  readonly placements: readonly Placement<NoInfer<Extract<keyof C, CapabilityName>>>[];
}

/** A cluster on AWS EKS, as the fleet holds it. */
export interface EksCluster extends ClusterBase {
  readonly provider: "eks";
  readonly account: AccountId;
  readonly region: Region;
  /** Name of the cluster in EKS. */
  readonly eksName: string;
  /** Profile of the AWS command line that its account is reached by. */
  readonly profile: string;
  readonly aws: AwsSettings;
  /** AWS outputs that its facts must hold, and no others. */
  readonly outputs: readonly AwsOutput[];
  /** Its capabilities, given the values of those outputs. */
  readonly capabilities: (outputs: OutputsOf<AwsOutput>) => Partial<Capabilities>;
  readonly placements: readonly Placement[];
}

/** A cluster on somebody's machine, as the fleet holds it. */
export interface LocalCluster extends ClusterBase {
  readonly provider: LocalView["provider"];
  readonly capabilities: Partial<Capabilities>;
  readonly placements: readonly Placement[];
}

export type Cluster = EksCluster | LocalCluster;

/** Outputs that a definition gets without listing them, and cannot drop. */
export const baseOutputs: readonly BaseOutput[] = ["vpcId", "oidcIssuer"];

const baseFields: KnownFields<ClusterBase> = {
  name: "required",
  kubernetes: "required",
  reconciler: "required",
  group: "optional",
  nodeGroups: "required",
  network: "optional",
  chartMirror: "optional",
  chartMode: "optional",
};

const eksFields: KnownFields<EksSpec<AwsOutput, Partial<Capabilities>>> = {
  ...baseFields,
  account: "required",
  region: "required",
  eksName: "optional",
  profile: "optional",
  aws: "optional",
  outputs: "required",
  capabilities: "required",
  placements: "required",
};

const localFields: KnownFields<LocalSpec<Partial<Capabilities>>> = {
  ...baseFields,
  provider: "required",
  capabilities: "required",
  placements: "required",
};

/** A cluster on AWS EKS. An app whose needs it does not cover does not compile. */
export function defineEksCluster<const O extends AwsOutput, const C extends Partial<Capabilities>>(
  spec: EksSpec<O, C>,
): EksCluster {
  holdToFields("defineEksCluster", spec, eksFields);
  const { eksName = spec.name, profile = spec.name, aws = {}, outputs } = spec;
  return { ...spec, provider: "eks", eksName, profile, aws, outputs: [...baseOutputs, ...outputs] };
}

/** A cluster on kind, or on the embedded control plane. */
export function defineLocalCluster<const C extends Partial<Capabilities>>(spec: LocalSpec<C>): LocalCluster {
  holdToFields("defineLocalCluster", spec, localFields);
  return spec;
}
