import { effectTexts } from "../../synth/changes/effect.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import { placeText } from "../../synth/changes/place.ts";
import { inReadingOrder } from "../../synth/layout/reading-order.ts";
import { toYaml } from "../../synth/objects/yaml.ts";
import { plain } from "../../synth/objects/plain.ts";
import { markup } from "../output/html.ts";
import type { Markup } from "../output/html.ts";
import { fieldRows } from "./field-rows.ts";
import type { FieldRow, ValueLine } from "./field-rows.ts";
import type { SubjectGroup } from "./groups.ts";
import { count, effectCounts, headline, marks } from "./wording.ts";

/** Changes of one app, add-on or cluster. Open where there are few, so that nobody has to click for one line. */
export function subjectSection({ subject, places }: SubjectGroup, open: boolean): Markup {
  return markup`<section class="subject">
    <h2>${subject.name}</h2>
    ${places.map((group) => {
      const changes = group.effects.flatMap((effect) => effect.changes);
      const counts = effectCounts(changes)
        .map(([effect, number]) => `${number} ${effect}`)
        .join(", ");
      const where = [...new Set(group.places.map(placeText))].toSorted();
      return markup`<details class="place" data-subject="${subject.name}" ${open ? "open" : ""}>
        <summary>
          <h3>${where.length > 6 ? count(where.length, "place") : where.join(", ")}</h3>
          <span class="dim">${counts}</span>
        </summary>
        ${where.length > 6 ? markup`<p class="dim">${where.join(", ")}</p>` : markup``}
        ${group.effects.map(
          ({ effect, changes: those }) =>
            markup`<div class="group">
              <p>
                <span class="effect effect-${effect}">${effect}</span>
                <span class="dim">${effectTexts[effect]}</span>
              </p>
              ${those.map(changeArticle)}
            </div>`,
        )}
      </details>`;
    })}
  </section>`;
}

/** One change: what it is of, its fields, and where its file is. */
export function changeArticle(change: FoldedChange): Markup {
  const { operation, effects, places } = change;
  return markup`<div class="change" data-effects="${effects.join(" ")}">
    <div class="name"><span class="mark mark-${operation}">${marks[operation]}</span>${headline(change)}</div>
    ${fieldRows(change).map(fieldMarkup)} ${wholeObject(change)}
    <details class="field">
      <summary class="dim">${count(places.length, "file")}</summary>
      ${places.map(({ path }) => markup`<div><code>dist/${path}</code></div>`)}
    </details>
  </div>`;
}

function fieldMarkup({ name, lines }: FieldRow): Markup {
  const [only] = lines;
  if (lines.length === 0) return markup`<div class="field dim">${name}</div>`;
  if (lines.length === 1 && only?.sign === " ")
    return markup`<div class="field"><code>${name}</code> ${only.text}</div>`;
  return markup`<div class="field">
    <code>${name}</code>
    <pre>${lines.map(lineMarkup)}</pre>
  </div>`;
}

const classes: Readonly<Record<ValueLine["sign"], string>> = { "+": "add", "-": "del", " ": "at" };

function lineMarkup({ sign, text }: ValueLine): Markup {
  return markup`<span class="${classes[sign]}">${sign} ${text}</span>`;
}

/** An object that comes or goes as a whole, for those who want to read it. */
function wholeObject({ operation, before, after }: FoldedChange): Markup {
  const found = operation === "added" ? after : operation === "removed" ? before : undefined;
  if (found === undefined) return markup``;
  return markup`<details class="field">
    <summary class="dim">the whole object</summary>
    <pre>${toYaml(inReadingOrder(plain(found.object))).trimEnd()}</pre>
  </details>`;
}
