import { isSettled } from "../../dashboard/model.ts";
import { summary } from "../../dashboard/status-lines.ts";
import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { ClusterIdentity } from "../environment-status.ts";
import type { LiveCluster } from "../live/look-at-clusters.ts";
import type { FleetStatus } from "../fleet-status.ts";

/** Cards of clusters, those of one group together. */
export function clusterMap({ clusters, live }: FleetStatus): Markup {
  const groups = Map.groupBy(clusters, ({ group }) => group ?? "follow main");
  return markup`${[...groups].map(
    ([group, members]) =>
      markup`${groups.size > 1 ? markup`<h3>${group}</h3>` : markup``}
        <div class="cards">${members.map((member) => card(member, live))}</div>`,
  )}`;
}

function card(identity: ClusterIdentity, live: FleetStatus["live"]): Markup {
  const { name, provider, region, kubernetes, reconciler, nodeGroups, addons, placements } = identity;
  const seen = live?.find(({ cluster }) => cluster === name);
  return markup`<div class="card">
    <h4>${name}</h4>
    <p class="dim">
      ${[provider, ...(region === null ? [] : [region]), `Kubernetes ${kubernetes}`, reconciler].join(" · ")}
    </p>
    <p>
      ${nodeGroups.map((group) => markup`<span class="tag">${group.name} ${group.min}–${group.max}</span> `)}
    </p>
    <p>${addons} add-ons${placements.length === 0 ? ", no apps" : markup`: ${placements.join(", ")}`}</p>
    ${seen === undefined ? markup`` : markup`<p class="${classOf(seen)}">${seen.why === null ? summary(seen.parts) : `not reached: ${seen.why}`}</p>`}
  </div>`;
}

function classOf({ reachable, parts }: LiveCluster): string {
  if (!reachable) return "dim";
  return parts.every(isSettled) ? "level" : "warn";
}
