import { fleet } from "../../../../clusters/fleet.ts";
import { eksCluster } from "../../../../scripts/aws/target.ts";
import type { EksCluster } from "../../../../synth/model/cluster.ts";

/** A cluster that tests deploy, as its definition has it. */
export const testedCluster = (name: string): EksCluster => eksCluster(fleet, name);

/** With Argo CD, and the smallest of those that need an address at the end. */
export const cluster = testedCluster("attractor-factory");

/** The Route 53 zone that its hosts are in: a company has it before it has a cluster. */
export function zoneOf({ name, aws }: EksCluster): string {
  if (aws?.zone === undefined) throw new Error(`${name} names no zone`);
  return aws.zone;
}
