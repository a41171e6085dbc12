import type { Fleet } from "../../synth/model/fleet.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { resolveCluster } from "../../synth/resolve/resolve.ts";
import { refusal } from "./name.ts";

/**
 * Refuses a name whose slice or whose namespace has an owner on any cluster: one namespace has one owner, and what is
 * new today is placed further tomorrow.
 *
 * @throws ProblemsError
 */
export function refuseTaken(
  fleet: Fleet,
  inputs: Inputs,
  wanted: { readonly slice: string; readonly namespace: string },
): void {
  for (const cluster of fleet.clusters) {
    const { resolved } = resolveCluster(fleet, cluster, inputs);
    for (const slice of resolved?.order ?? []) {
      if (slice.kind === "namespaces") continue;
      const where = `on cluster ${cluster.name} (${slice.definition})`;
      if (slice.owner === wanted.slice) {
        throw refusal(`${wanted.slice} runs already ${where}`, "choose another name");
      }
      if ([slice.namespace, ...slice.otherNamespaces].includes(wanted.namespace)) {
        throw refusal(
          `the namespace ${wanted.namespace} is ${slice.owner}'s ${where}`,
          "choose another name",
        );
      }
    }
  }
}
