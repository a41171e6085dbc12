import { markup, page } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import { style as reportStyle } from "../../report/html-style.ts";
import type { FleetStatus } from "../fleet-status.ts";
import { capacitySection } from "./capacity.ts";
import { clusterMap } from "./cluster-map.ts";
import { graphSection } from "./dependencies.ts";
import { environmentSection } from "./environments.ts";
import { skewSection } from "./skew.ts";
import { statusStyle } from "./style.ts";
import { waiverSection } from "./waivers.ts";

const style = `${reportStyle}${statusStyle}`;

/** The fleet on one page that needs nothing else: no network, no other file, no script. */
export function statusPage(status: FleetStatus): string {
  const body = markup`<h1>The fleet</h1>
    <p class="dim">${summary(status)}</p>
    <nav>${sections.map(([id, title]) => markup`<a href="#${id}">${title}</a>`)}</nav>
    <main>
      ${sections.map(
        ([id, title, draw]) =>
          markup`<section id="${id}">
            <h2>${title}</h2>
            ${draw(status)}
          </section>`,
      )}
    </main>`;
  return page({ title: "Slipway: the fleet", style, body });
}

const sections: readonly (readonly [id: string, title: string, draw: (status: FleetStatus) => Markup])[] = [
  ["environments", "Apps by environment", environmentSection],
  ["clusters", "Clusters", clusterMap],
  ["versions", "Versions of add-ons", skewSection],
  ["capacity", "Capacity", capacitySection],
  ["order", "Order of installation", graphSection],
  ["waivers", "Waivers", waiverSection],
];

function summary({ commit, at, clusters, environments, waivers }: FleetStatus): string {
  const due = waivers.filter(({ state }) => state !== "good").length;
  return [
    `${clusters.length} clusters`,
    `${environments.length} environments of apps`,
    ...(due > 0 ? [`${due} waivers to look at`] : []),
    `as of ${commit.slice(0, 12)}, ${at}`,
  ].join(" · ");
}
