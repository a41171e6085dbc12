import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { ClusterIdentity } from "../environment-status.ts";
import type { FleetStatus } from "../fleet-status.ts";

/** Cards of clusters, those of one group together. */
export function clusterMap({ clusters }: FleetStatus): Markup {
  const groups = Map.groupBy(clusters, ({ group }) => group ?? "follow main");
  return markup`${[...groups].map(
    ([group, members]) =>
      markup`${groups.size > 1 ? markup`<h3>${group}</h3>` : markup``}
        <div class="cards">${members.map(card)}</div>`,
  )}`;
}

function card({
  name,
  provider,
  region,
  kubernetes,
  reconciler,
  nodeGroups,
  addons,
  placements,
}: ClusterIdentity): Markup {
  return markup`<div class="card">
    <h4>${name}</h4>
    <p class="dim">
      ${[provider, ...(region === null ? [] : [region]), `Kubernetes ${kubernetes}`, reconciler].join(" · ")}
    </p>
    <p>
      ${nodeGroups.map((group) => markup`<span class="tag">${group.name} ${group.min}–${group.max}</span> `)}
    </p>
    <p>${addons} add-ons${placements.length === 0 ? ", no apps" : markup`: ${placements.join(", ")}`}</p>
  </div>`;
}
