import type { Changes } from "../../synth/changes/changes.ts";
import { markup, page } from "../output/html.ts";
import type { Markup } from "../output/html.ts";
import { groupChanges } from "./groups.ts";
import { changeArticle, subjectSection } from "./html-changes.ts";
import { script, style } from "./html-style.ts";
import { verdictMarkup } from "./html-verdict.ts";
import type { Report } from "./report.ts";
import { costRows, replicaRows, versionRows } from "./tables.ts";
import type { Table } from "./tables.ts";
import { effectCounts, noiseText, summaryText } from "./wording.ts";

/** Up to this many changes, everything is unfolded from the start. */
const fewChanges = 30;

/** The report as one page that needs nothing else: no network, no other file. */
export function htmlReport(report: Report): string {
  const { changes, base, head } = report;
  const body = markup`${verdictMarkup(report)}
    <p>${summaryText(changes)}</p>
    <p class="dim">From <code>${base}</code> to <code>${head}</code></p>
    ${[versionRows(changes), replicaRows(changes), costRows(changes)].map(tableMarkup)}
    ${unreadable(changes)} ${tools(changes)}
    <main>
      ${groupChanges(changes.folded).map((group) => subjectSection(group, changes.folded.length <= fewChanges))}
    </main>
    ${noise(changes)}`;
  return page({ title: "Slipway: what changes", style, script, body });
}

function tableMarkup({ title, head, rows }: Table): Markup {
  if (rows.length === 0) return markup``;
  return markup`<h2>${title}</h2>
    <div class="scroll">
      <table class="stack">
        <thead>
          <tr>
            ${head.map((name) => markup`<th scope="col">${sentence(name)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              markup`<tr>
                ${row.map((cell, column) => markup`<td data-name="${sentence(head[column] ?? "")}">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** `NODE GROUP` → `Node group` */
function sentence(name: string): string {
  return `${name.slice(0, 1)}${name.slice(1).toLowerCase()}`;
}

function tools({ folded }: Changes): Markup {
  const buttons = effectCounts(folded).map(
    ([effect, number]) =>
      markup`<button type="button" class="tag" data-effect="${effect}" aria-pressed="false">
        ${effect} ${number}
      </button>`,
  );
  // Of no use without the script, which shows it.
  return markup`<div class="tools" hidden>
    <p>
      <label for="search" class="dim">Find</label><br /><input
        id="search"
        type="search"
        placeholder="app, object, field or value"
      />
    </p>
    <div class="tags">${buttons}<button type="button" class="tag" id="unfold">unfold all</button></div>
  </div>`;
}

function unreadable({ unreadable: files }: Changes): Markup {
  if (files.length === 0) return markup``;
  return markup`<h2>Cannot be read, so what it does is not known</h2>
    <ul>
      ${files.map(({ path, side, reason }) => markup`<li><code>dist/${path}</code> (${side}): ${reason}</li>`)}
    </ul>`;
}

/** Everything that changes nothing, for whoever wants to see that it does not. */
function noise(changes: Changes): Markup {
  const text = noiseText(changes);
  if (text === undefined) return markup``;
  const inside = changes.folded.filter(({ noise: fields }) => fields.length > 0);
  return markup`<h2>Noise</h2>
    <details>
      <summary class="dim">${text}</summary>
      ${[...changes.noise, ...inside].map((change) =>
        changeArticle({
          ...change,
          fields: change.noise.map((field) => ({ ...field, effect: "config" as const })),
          operation: "changed",
          before: undefined,
          after: undefined,
        }),
      )}
    </details>`;
}
