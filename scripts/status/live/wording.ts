import { healths, isSettled } from "../../dashboard/model.ts";
import type { Part } from "../../dashboard/model.ts";
import type { LiveCluster } from "./look-at-clusters.ts";

interface Placed {
  readonly app: string;
  readonly environment: string;
  readonly clusters: readonly string[];
}

/** Parts of a placement: the Application, or a Kustomization for each of its stages. */
export function partsOf(owner: string, { parts }: LiveCluster): readonly Part[] {
  return parts.filter(
    ({ name, layer }) => name === owner || (layer === "applications" && name.startsWith(`${owner}-`)),
  );
}

/** How an environment is on each of its clusters: `synced, healthy`; with their names where there are several. */
export function liveText({ app, environment, clusters }: Placed, live: readonly LiveCluster[]): string {
  const states = clusters.map((name) => [name, stateOn(`${app}-${environment}`, name, live)] as const);
  const [first] = states;
  if (states.length === 1 && first !== undefined) return first[1];
  return states.map(([name, state]) => `${name}: ${state}`).join("; ") || "-";
}

function stateOn(owner: string, name: string, live: readonly LiveCluster[]): string {
  const cluster = live.find((each) => each.cluster === name);
  if (cluster === undefined || !cluster.reachable) return "not reached";
  const parts = partsOf(owner, cluster);
  const [worst] = parts.toSorted((a, b) => weight(b) - weight(a));
  return worst === undefined ? "not there" : `${worst.sync}, ${worst.health}`;
}

/** What is not as git has it, then what is not well, then the rest by its health. */
function weight(part: Part): number {
  return (isSettled(part) ? 0 : 10) + healths.indexOf(part.health);
}

/** Whether every cluster that there is a way to was reached, and is as git has it. */
export function isAllSettled(live: readonly LiveCluster[]): boolean {
  return live.every(({ reachable, parts }) => reachable && parts.every(isSettled));
}
