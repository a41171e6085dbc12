import { markup } from "../output/html.ts";
import type { Markup } from "../output/html.ts";
import type { Report } from "./report.ts";
import { mergeClusters } from "./verdict-lines.ts";
import { count } from "./wording.ts";

/** What the gates say, for a page. */
export function verdictMarkup({ verdict, changes }: Report): Markup {
  const { refused, waived, unused, nearExpiry } = verdict;
  const findings = mergeClusters(refused);
  const title =
    findings.length > 0
      ? `${count(findings.length, "finding")} ${findings.length === 1 ? "stops" : "stop"} this change`
      : changes.folded.length === 0 && changes.unreadable.length === 0
        ? "Nothing changes in any cluster"
        : "No gate refuses this change";
  return markup`<div class="verdict${findings.length > 0 ? " bad" : ""}"><h1>${title}</h1></div>
    ${findings.map(
      ({ problem: { rule, at, what, fix }, clusters }) =>
        markup`<div class="finding">
          <div><b>${rule}</b> <code>${at.object ?? at.definition}</code></div>
          <p>${what}</p>
          <p class="dim">${fix}</p>
          <div class="tags">${clusters.map((cluster) => markup`<span class="tag">${cluster}</span>`)}</div>
        </div>`,
    )}
    ${waived.map(
      ({ problem, waiver }) =>
        markup`<div class="finding waived">
          <div>
            <b>${problem.rule}</b> <code>${problem.at.object ?? ""}</code> ${problem.at.cluster ?? ""}
          </div>
          <p>${problem.what}</p>
          <p class="dim">Waived until ${waiver.expires} by ${waiver.who}: ${waiver.reason}</p>
        </div>`,
    )}
    ${unused.map(({ path }) => markup`<p class="dim"><code>${path}</code> lets nothing pass: remove it once its change is in</p>`)}
    ${nearExpiry.map(({ path, expires }) => markup`<p class="dim"><code>${path}</code> ends on ${expires}</p>`)}`;
}
