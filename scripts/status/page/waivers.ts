import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { FleetStatus } from "../fleet-status.ts";
import type { WaiverStatus } from "../waivers.ts";

/** The nearest to its end first. */
export function waiverSection({ waivers }: FleetStatus): Markup {
  if (waivers.length === 0) return markup`<p class="dim">There are none.</p>`;
  return markup`<table class="stack">
    <thead>
      <tr>
        ${["ends", "rule", "object", "clusters", "reason", "who"].map((name) => markup`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${waivers.map(
        (waiver) =>
          markup`<tr>
            <td data-name="ends" class="${classes[waiver.state]}">${waiver.expires} (${left(waiver)})</td>
            <td data-name="rule">${waiver.rule}</td>
            <td data-name="object"><code>${waiver.object}</code></td>
            <td data-name="clusters">${waiver.clusters.join(", ")}</td>
            <td data-name="reason">${waiver.reason}</td>
            <td data-name="who">${waiver.who}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const classes: Readonly<Record<WaiverStatus["state"], string>> = { expired: "bad", near: "warn", good: "" };

function left({ daysLeft }: WaiverStatus): string {
  return daysLeft < 0 ? "over" : `in ${daysLeft} d`;
}
