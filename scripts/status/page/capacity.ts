import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { GroupCapacity } from "../capacity.ts";
import type { FleetStatus } from "../fleet-status.ts";

const gibibyte = 2 ** 30;

/** What pods ask for at the autoscalers' minimum (full) and maximum (pale), of what the group's most nodes have. */
export function capacitySection({ capacity }: FleetStatus): Markup {
  return markup`<p class="dim">
      Requests of the pods that dist holds, at the least and the most replicas, against the most nodes of
      their group. Pods of charts that a reconciler pulls are not in them.
    </p>
    <table class="stack">
      <thead>
        <tr>
          ${["cluster", "node groups", "cores", "", "memory", ""].map((name) => markup`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${capacity.map(
          (group) =>
            markup`<tr>
              <td data-name="cluster">${group.cluster}</td>
              <td data-name="node groups">${group.groups.join(", ") || "none"}</td>
              ${measure(group, "cpu", "cores", (cores) => String(Math.round(cores * 10) / 10))}
              ${measure(group, "memory", "memory", (bytes) => `${(bytes / gibibyte).toFixed(1)} GiB`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function measure(
  { demand, room }: GroupCapacity,
  resource: "cpu" | "memory",
  name: string,
  text: (value: number) => string,
): Markup {
  const [least, most, have] = [demand.min[resource], demand.max[resource], room.max[resource]];
  const range = least === most ? text(least) : `${text(least)}–${text(most)}`;
  const isFull = most > have;
  return markup`<td data-name="${name}" class="${isFull ? "bad" : ""}">${range} of ${text(have)}</td>
    <td data-name="">${bar(have === 0 ? 1 : least / have, have === 0 ? 1 : most / have, isFull)}</td>`;
}

/** A drawing of two shares. The page's policy lets no style of a single element run, so it is an SVG. */
function bar(least: number, most: number, isFull: boolean): Markup {
  return markup`<svg
    class="bar ${isFull ? "full" : ""}"
    viewBox="0 0 100 8"
    width="120"
    height="10"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${share(most, "0.35")}${share(least, "1")}
  </svg>`;
}

function share(width: number, opacity: string): Markup {
  return markup`<rect width="${percent(width)}" height="8" fill="currentColor" opacity="${opacity}" />`;
}

function percent(share: number): number {
  return Math.min(100, Math.round(share * 100));
}
