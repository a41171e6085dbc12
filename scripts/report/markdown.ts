import { effectTexts } from "../../synth/changes/effect.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import { fieldRows } from "./field-rows.ts";
import { groupChanges } from "./groups.ts";
import type { SubjectGroup } from "./groups.ts";
import { block, cell, code, htmlCode } from "./markdown-text.ts";
import { verdictSections } from "./markdown-verdict.ts";
import type { Report } from "./report.ts";
import { costRows, replicaRows, versionRows } from "./tables.ts";
import type { Table } from "./tables.ts";
import { count, effectCounts, headline, marks, noiseText, placesText, summaryText } from "./wording.ts";

/** Characters that GitHub takes in a comment; GitLab takes more. Counted as bytes, which are never fewer. */
export const commentLimit = 65_536;

/** Rows of a table that a comment shows. */
const mostRows = 30;

/** Lines of one change that a comment shows. */
const mostLines = 60;

/** First line, by which a later run finds its comment to update. */
const commentMark = "<!-- slipway diff -->";

/** The report as the comment of a pull request: verdict first, then tables, then each change, folded. */
export function markdownReport(report: Report, limit = commentLimit): string {
  const { changes, base, head } = report;
  const noise = noiseText(changes);
  const top = [
    commentMark,
    ...verdictSections(report),
    `${summaryText(changes)} (from ${code(base)} to ${code(head)})`,
    ...[versionRows(changes), replicaRows(changes), costRows(changes)].flatMap(tableSection),
    ...(changes.unreadable.length === 0
      ? []
      : [
          `**Cannot be read, so what it does is not known:**\n\n${changes.unreadable
            .slice(0, mostRows)
            .map(({ path, side, reason }) => `- ${code(`dist/${path}`)} (${side}): ${code(reason)}`)
            .join("\n")}`,
        ]),
  ];
  const sections = groupChanges(changes.folded).flatMap(subjectSections);
  const bottom = noise === undefined ? [] : [`<sub>Not shown: ${noise}.</sub>`];
  return fitted(top, sections, bottom, limit);
}

interface Section {
  readonly full: string;
  /** What is left of it where there is no room. */
  readonly short: string;
}

/** As many sections in full as there is room for, then short ones, then how many are left out. */
function fitted(
  top: readonly string[],
  sections: readonly Section[],
  bottom: readonly string[],
  limit: number,
): string {
  const kept: string[] = [];
  let used = size([...top, ...bottom, note(sections.length)]);
  let left = 0;
  for (const { full, short } of sections) {
    const text = [full, short].find((candidate) => used + size([candidate]) <= limit);
    if (text === undefined || left > 0) left += 1;
    else {
      kept.push(text);
      used += size([text]);
    }
  }
  const parts = [...top, ...kept, ...(left === 0 ? [] : [note(left)]), ...bottom];
  const text = `${parts.join("\n\n")}\n`;
  return Buffer.byteLength(text) <= limit ? text : cutToBytes(text, limit);
}

function note(left: number): string {
  return `**${count(left, "section")} of changes left out for their length; the HTML report has all of them.**`;
}

function size(parts: readonly string[]): number {
  return Buffer.byteLength(`${parts.join("\n\n")}\n\n`);
}

/** The last resort, for tables that alone are too long: whole lines only. */
function cutToBytes(text: string, limit: number): string {
  const note = "\n\n**The rest is left out for its length; the HTML report has all of it.**\n";
  const room = limit - Buffer.byteLength(note);
  let used = 0;
  const lines = text.split("\n");
  const fitting = lines.findIndex((line) => (used += Buffer.byteLength(line) + 1) > room);
  return `${lines.slice(0, Math.max(0, fitting)).join("\n")}${note}`;
}

function tableSection({ title, head, rows }: Table): readonly string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, mostRows).map((row) => `| ${row.map(cell).join(" | ")} |`);
  const more = rows.length > mostRows ? [`\n${rows.length - mostRows} more are in the HTML report.`] : [];
  const names = head.map((name) => (name === "" ? " " : `${name.slice(0, 1)}${name.slice(1).toLowerCase()}`));
  return [
    [
      `**${title}**\n`,
      `| ${names.join(" | ")} |`,
      `|${head.map(() => "---").join("|")}|`,
      ...lines,
      ...more,
    ].join("\n"),
  ];
}

function subjectSections({ subject, places }: SubjectGroup): readonly Section[] {
  return places.map((group) => {
    const changes = group.effects.flatMap((effect) => effect.changes);
    const counts = effectCounts(changes)
      .map(([effect, number]) => `${number} ${effect}`)
      .join(", ");
    const title = `<b>${htmlCode(subject.name)}</b> ${htmlCode(placesText(group.places, 6))}: ${counts}`;
    const body = group.effects.map(
      ({ effect, changes: those }) =>
        `**${effect}**: ${effectTexts[effect]}\n\n${block(those.flatMap(changeLines))}`,
    );
    return {
      full: `<details><summary>${title}</summary>\n\n${body.join("\n\n")}\n\n</details>`,
      short: `<p>${title} <i>(in the HTML report)</i></p>`,
    };
  });
}

function changeLines(change: FoldedChange): readonly string[] {
  const lines = fieldRows(change).flatMap(({ name, lines: values }) => {
    const [only] = values;
    if (values.length === 1 && only?.sign === " ") return [`    ${name}  ${only.text}`];
    return [`    ${name}`, ...values.map(({ sign, text }) => `${sign}       ${text}`)];
  });
  const more = lines.length > mostLines ? [`    and ${lines.length - mostLines} lines more`] : [];
  return [`${marks[change.operation]} ${headline(change)}`, ...lines.slice(0, mostLines), ...more];
}
