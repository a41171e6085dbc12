import { healths, isSettled } from "../../dashboard/model.ts";
import type { Health, Part, Sync } from "../../dashboard/model.ts";
import type { LiveCluster } from "./look-at-clusters.ts";

interface Placed {
  readonly app: string;
  readonly environment: string;
  readonly clusters: readonly string[];
}

/** What one of its clusters makes of an environment. */
export interface LivePlacement {
  readonly cluster: string;
  /** `absent`: the cluster answers, and its reconciler has no such part. */
  readonly state: "present" | "absent" | "unreachable";
  /** Of the part that is least well, as is what follows; null where none is present. */
  readonly sync: Sync | null;
  readonly health: Health | null;
  /** Start of the commit that the cluster has taken up; null before the first. */
  readonly revision: string | null;
}

/** The same for each environment, in the order of its clusters. */
export function withLive<Environment extends Placed>(
  environments: readonly Environment[],
  live: readonly LiveCluster[],
): readonly (Environment & { readonly live: readonly LivePlacement[] })[] {
  return environments.map((environment) => ({ ...environment, live: livePlacements(environment, live) }));
}

/** An environment as each of its clusters has it. */
export function livePlacements(
  { app, environment, clusters }: Placed,
  live: readonly LiveCluster[],
): readonly LivePlacement[] {
  return clusters.map((name) => {
    const cluster = live.find((each) => each.cluster === name);
    const none = { cluster: name, sync: null, health: null, revision: null };
    if (cluster === undefined || !cluster.reachable) return { ...none, state: "unreachable" };
    const [worst] = partsOf(`${app}-${environment}`, cluster).toSorted((a, b) => weight(b) - weight(a));
    if (worst === undefined) return { ...none, state: "absent" };
    const { sync, health, revision = null } = worst;
    return { cluster: name, state: "present", sync, health, revision };
  });
}

/** Parts of a placement: the Application, or a Kustomization for each of its stages. */
export function partsOf(owner: string, { parts }: LiveCluster): readonly Part[] {
  return parts.filter(
    ({ name, layer }) => name === owner || (layer === "applications" && name.startsWith(`${owner}-`)),
  );
}

/** What is not as git has it, then what is not well, then the rest by its health. */
function weight(part: Part): number {
  return (isSettled(part) ? 0 : 10) + healths.indexOf(part.health);
}

/** Whether every cluster that there is a way to was reached, and is as git has it. */
export function isAllSettled(live: readonly LiveCluster[]): boolean {
  return live.every(({ reachable, parts }) => reachable && parts.every(isSettled));
}
