import { clusterPath } from "../../synth/model/paths.ts";
import type { EksCluster } from "../../synth/model/cluster.ts";
import type { Fleet } from "../../synth/model/fleet.ts";
import type { AccountId, Region } from "../../synth/model/names.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { chooseClusters } from "../choose-clusters.ts";

/** Where on AWS a cluster is, and whose rights reach it; all of it from the cluster's definition. */
export interface AwsTarget {
  readonly cluster: string;
  readonly account: AccountId;
  readonly region: Region;
  /** Profile of the AWS configuration. Undefined: the credentials of the environment, as in continuous integration. */
  readonly profile?: string;
}

/**
 * The cluster of this name, on AWS.
 *
 * @throws ProblemsError if there is none, or if it is on somebody's machine
 */
export function eksCluster(fleet: Fleet, name: string): EksCluster {
  const [cluster] = chooseClusters(fleet, [name]);
  if (cluster?.provider === "eks") return cluster;
  const others = fleet.clusters.flatMap((each) => (each.provider === "eks" ? [each.name] : []));
  throw new ProblemsError([
    {
      rule: "usage",
      at: { definition: clusterPath(name) },
      what: `${name} is not on AWS`,
      fix: `name one of: ${others.join(", ")}`,
    },
  ]);
}

/** @param usesProfile false for the credentials of the environment in place of the profile that the definition names */
export function targetOf({ name, account, region, profile }: EksCluster, usesProfile: boolean): AwsTarget {
  return { cluster: name, account, region, ...(usesProfile && { profile }) };
}
