import { stripVTControlCharacters, styleText } from "node:util";
import type { Changes } from "../../synth/changes/changes.ts";
import { effectTexts } from "../../synth/changes/effect.ts";
import type { Effect } from "../../synth/changes/effect.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import type { Operation } from "../../synth/changes/object-change.ts";
import { visible } from "../output/problems.ts";
import { tableLines } from "../output/table.ts";
import { groupChanges } from "./groups.ts";
import { fieldRows } from "./field-rows.ts";
import type { FieldRow, ValueLine } from "./field-rows.ts";
import type { Report } from "./report.ts";
import { costRows, replicaRows, versionRows } from "./tables.ts";
import { headline, marks, noiseText, placesText, summaryText } from "./wording.ts";
import { verdictLines } from "./verdict-lines.ts";

export interface TerminalOptions {
  /** Characters of a line. Default: no limit. */
  readonly width?: number;
  /** List what is noise as well. Default: count it. */
  readonly noise?: boolean;
}

const colours: Readonly<Record<Operation, "green" | "red" | "yellow" | "cyan">> = {
  added: "green",
  removed: "red",
  changed: "yellow",
  replaced: "cyan",
};

/** The report for people at a terminal; `styleText` leaves colours out where output is no terminal. */
export function terminalReport(
  report: Report,
  { width = Infinity, noise = false }: TerminalOptions = {},
): string {
  const { changes, base, head } = report;
  const lines = [
    styleText("bold", summaryText(changes)),
    styleText("dim", `from ${visible(base)} to ${visible(head)}`),
    ...verdictLines(report.verdict),
    ...tables(changes, width),
    ...groupChanges(changes.folded).flatMap(({ subject, places }) => [
      "",
      styleText(["bold", "underline"], visible(subject.name)),
      ...places.flatMap((group) => [
        `  ${styleText("bold", visible(placesText(group.places, 8)))}`,
        ...group.effects.flatMap(({ effect, changes: those }) => effectLines(effect, those, width)),
      ]),
    ]),
    ...unreadableLines(changes),
    ...noiseLines(changes, noise),
  ];
  return lines.map((line) => cut(line, width)).join("\n");
}

function effectLines(effect: Effect, changes: readonly FoldedChange[], width: number): readonly string[] {
  return [
    `    ${styleText("magenta", effect)}${styleText("dim", `  ${effectTexts[effect]}`)}`,
    ...changes.flatMap((change) => [
      `      ${styleText(colours[change.operation], marks[change.operation])} ${visible(headline(change))}`,
      ...fieldRows(change).flatMap((row) => rowLines(row, width)),
    ]),
  ];
}

/** On one line where they fit, below each other where they do not. */
function rowLines({ name, lines }: FieldRow, width: number): readonly string[] {
  const indent = " ".repeat(10);
  const title = styleText("dim", visible(name));
  const [only] = lines;
  if (lines.length === 0) return [`${indent}${title}`];
  if (lines.length === 1 && only !== undefined) {
    const text = `${only.sign === " " ? "" : `${only.sign} `}${visible(only.text)}`;
    if (indent.length + name.length + 2 + text.length <= width)
      return [`${indent}${title}  ${coloured(only.sign, text)}`];
  }
  return [
    `${indent}${title}`,
    ...lines.map(({ sign, text }) => `${indent}  ${coloured(sign, `${sign} ${visible(text)}`)}`),
  ];
}

function coloured(sign: ValueLine["sign"], text: string): string {
  if (sign === " ") return text;
  return styleText(sign === "-" ? "red" : "green", text);
}

function tables(changes: Changes, width: number): readonly string[] {
  const found = [versionRows(changes), replicaRows(changes), costRows(changes)];
  return found.flatMap(({ head, rows }) =>
    rows.length === 0
      ? []
      : [
          "",
          ...tableLines(
            head,
            rows.map((row) => row.map(visible)),
            width,
          ),
        ],
  );
}

function unreadableLines({ unreadable }: Changes): readonly string[] {
  if (unreadable.length === 0) return [];
  return [
    "",
    styleText(["bold", "red"], "cannot be read, so what it does is not known"),
    ...unreadable.map(({ path, side, reason }) => `  dist/${visible(path)} (${side}): ${visible(reason)}`),
  ];
}

function noiseLines(changes: Changes, all: boolean): readonly string[] {
  const text = noiseText(changes);
  if (text === undefined) return [];
  if (!all) return ["", styleText("dim", `not shown: ${text} (--noise lists them)`)];
  const inside = changes.folded.filter(({ noise }) => noise.length > 0);
  return [
    "",
    styleText("bold", `noise: ${text}`),
    ...[...changes.noise, ...inside].flatMap((change) => [
      `  ${visible(headline(change))}  ${styleText("dim", visible(placesText(change.places)))}`,
      ...fieldRows({ ...change, fields: change.noise }).flatMap((row) => rowLines(row, Infinity)),
      ...(change.moved ? [`          moved to dist/${visible(change.places[0]?.path ?? "")}`] : []),
    ]),
  ];
}

/** No longer than the terminal is wide; a line with colours is left to the terminal. */
function cut(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  if (plain.length <= width || plain !== line) return line;
  return `${line.slice(0, width - 1)}…`;
}
