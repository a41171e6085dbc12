import { diff } from "node:util";
import type { EffectiveField } from "../../synth/changes/object-change.ts";
import type { FieldChange } from "../../synth/changes/field-changes.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";
import { fieldText, valueText } from "./wording.ts";

/** A field that changes, as lines for people: `before → after`, or lines with `- ` and `+ `. */
export interface FieldRow {
  readonly name: string;
  readonly lines: readonly string[];
}

/** Longest text that is compared line by line, in lines: the work grows with the product of what differs. */
const mostCompared = 2000;

/** Longest value beside another, in characters. */
const longestBeside = 60;

type Rows = Pick<FoldedChange, "before" | "after"> & {
  readonly fields: readonly (FieldChange | EffectiveField)[];
};

/** The rows of one change. */
export function fieldRows({ fields }: Rows): readonly FieldRow[] {
  const checksums = fields.filter(isChecksum);
  const rows = fields
    .filter((change) => !checksums.includes(change))
    .map(({ path, before, after }) => ({ name: fieldText(path), lines: valueLines(before, after) }));
  const read = checksums.map(({ path }) => path.at(-1)?.replace(/^.*[./]/, "")).join(", ");
  return checksums.length === 0 ? rows : [...rows, { name: `what it reads has changed: ${read}`, lines: [] }];
}

/** Annotations of pods that only say that something the pods read is another. */
function isChecksum({ path }: FieldChange): boolean {
  return (
    path.at(-2) === "annotations" &&
    /^(slipway\.dev\/|checksum\/)/.test(path.at(-1) ?? "") &&
    path.includes("template")
  );
}

export function valueLines(before: Json | undefined, after: Json | undefined): readonly string[] {
  if (isLong(before) || isLong(after)) return textLines(linesOf(before), linesOf(after));
  if (isTexts(before) && isTexts(after)) return textLines(before, after);
  const [old, now] = [valueText(before), valueText(after)];
  if (old === now) return [`${JSON.stringify(before)} → ${JSON.stringify(after)}`];
  if (old.length + now.length <= 2 * longestBeside) return [`${old} → ${now}`];
  return [...(before === undefined ? [] : [`- ${old}`]), ...(after === undefined ? [] : [`+ ${now}`])];
}

function isLong(value: Json | undefined): boolean {
  return typeof value === "string" && value.includes("\n");
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === "string");
}

function linesOf(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return typeof value === "string" ? value.replace(/\n$/, "").split("\n") : [JSON.stringify(value)];
}

/** Lines that come and go, with the line before each stretch, to tell where. */
function textLines(before: readonly string[], after: readonly string[]): readonly string[] {
  if (Math.max(before.length, after.length) > mostCompared) {
    return [`${before.length} lines → ${after.length} lines, too long to compare here`];
  }
  const result: string[] = [];
  let context: string | undefined;
  for (const [operation, line] of diff(after, before)) {
    if (operation === 0) context = line;
    else {
      if (context !== undefined && context.trim() !== "") result.push(`  ${context}`);
      context = undefined;
      result.push(operation === 1 ? `+ ${line}` : `- ${line}`);
    }
  }
  return result;
}
