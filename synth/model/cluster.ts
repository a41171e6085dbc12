import type { Capabilities, CapabilityName } from "./capability.ts";
import type { ChartMode } from "./chart.ts";
import type { LocalView, Network, Provider } from "./cluster-view.ts";
import type { AwsOutput, BaseOutput, OutputsOf } from "./facts.ts";
import type { AccountId, KubernetesVersion, Reconciler, Region } from "./names.ts";
import type { NodeGroup } from "./node-group.ts";
import type { Placement } from "./placement.ts";

interface ClusterBase {
  readonly name: string;
  readonly kubernetes: KubernetesVersion;
  readonly reconciler: Reconciler;
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

/** A cluster as the fleet holds it. */
export interface Cluster extends ClusterBase {
  readonly provider: Provider;
  readonly placements: readonly Placement[];
  readonly aws?: {
    readonly account: AccountId;
    readonly region: Region;
    readonly eksName: string;
    readonly outputs: readonly AwsOutput[];
    /** Capabilities, given at least the outputs listed. */
    readonly capabilitiesFrom: (outputs: OutputsOf<AwsOutput>) => Partial<Capabilities>;
  };
  readonly localCapabilities?: Partial<Capabilities>;
}

const baseOutputs: readonly BaseOutput[] = ["vpcId", "oidcIssuer"];

/** A cluster on AWS EKS. An app whose needs it does not cover does not compile. */
export function defineEksCluster<const O extends AwsOutput, const C extends Partial<Capabilities>>(
  spec: EksSpec<O, C>,
): Cluster {
  const { account, region, eksName = spec.name, outputs, capabilities, ...base } = spec;
  return {
    ...base,
    provider: "eks",
    aws: {
      account,
      region,
      eksName,
      outputs: [...baseOutputs, ...outputs],
      capabilitiesFrom: capabilities,
    },
  };
}

/** A cluster on kind, or on the embedded control plane. */
export function defineLocalCluster<const C extends Partial<Capabilities>>(spec: LocalSpec<C>): Cluster {
  const { capabilities, ...base } = spec;
  return { ...base, localCapabilities: capabilities };
}
