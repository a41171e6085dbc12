import { markup } from "../../output/html.ts";
import type { Markup } from "../../output/html.ts";
import type { FleetStatus } from "../fleet-status.ts";

/** Add-ons by clusters. A version that most clusters do not have stands out. */
export function skewSection({ skew, clusters }: FleetStatus): Markup {
  const names = clusters.map(({ name }) => name);
  return markup`<div class="scroll" tabindex="0">
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">add-on</th>
          ${names.map((name) => markup`<th scope="col"><span>${name}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${skew.map(({ addon, versions }) => {
          const usual = mostCommon(Object.values(versions));
          return markup`<tr>
            <th scope="row">${addon}</th>
            ${names.map((name) => {
              const version = versions[name];
              if (version === undefined) return markup`<td class="dim">·</td>`;
              return markup`<td class="${version === usual ? "" : "other"}">${version}</td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function mostCommon(values: readonly string[]): string | undefined {
  const groups = [...Map.groupBy(values, (value) => value)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
