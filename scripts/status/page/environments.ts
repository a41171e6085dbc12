import { pinText } from "../../output/pin-text.ts";
import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { EnvironmentStatus } from "../environment-status.ts";
import type { FleetStatus } from "../fleet-status.ts";
import { liveText } from "../live/wording.ts";
import { agoText, behindText, deliveryFigures, releaseText } from "../wording.ts";

/** One row of cards for each app, in the order in which releases move. */
export function environmentSection({ environments, deliveries, at }: FleetStatus): Markup {
  const apps = Map.groupBy(environments, ({ app }) => app);
  return markup`${[...apps].map(([app, statuses]) => {
    const delivery = deliveries.find((each) => each.app === app);
    return markup`<div class="app">
      <h3>${app}</h3>
      ${
        delivery === undefined
          ? markup``
          : markup`<p class="figures">
              <span class="dim">${delivery.environment}, ${delivery.days} days:</span>
              ${deliveryFigures(delivery).map(([name, value]) => markup`<span><span class="dim">${name}</span> ${value}</span>`)}
            </p>`
      }
      <div class="steps">${statuses.map((status) => environmentCard(status, at))}</div>
    </div>`;
  })}`;
}

function environmentCard(status: EnvironmentStatus, at: string): Markup {
  const { environment, clusters, images, behind, open, why, live } = status;
  const isLevel = behind !== null && behind.commits.length + behind.images.length === 0;
  return markup`<div class="card">
    <h4>${environment}</h4>
    <p>
      <code>${releaseText(status)}</code>
      <span class="dim">for ${agoText(status.since, at)} on ${clusters.join(", ")}</span>
    </p>
    ${live === undefined ? markup`` : markup`<p>live: ${liveText(live)}</p>`}
    ${why === null ? markup`` : markup`<p class="dim">${why}</p>`}
    <p>
      ${Object.entries(images).map(([name, pin]) => markup`<span class="tag">${name} ${pinText(pin)}</span> `)}
    </p>
    ${
      behind === null
        ? markup``
        : markup`<details>
            <summary class="${isLevel ? "level" : "behind"}">${behindText(behind)}</summary>
            ${behind.images.map(({ name, from, to }) => markup`<p>${name}: ${pinText(from ?? "none")} → ${pinText(to)}</p>`)}
            ${behind.commits.map((subject) => markup`<p>${subject}</p>`)}
          </details>`
    }
    ${open.map(({ branch }) => markup`<p class="warn">open: <code>${branch}</code></p>`)}
  </div>`;
}
