import { diff } from "node:util";
import type { EffectiveField } from "../../synth/changes/object-change.ts";
import type { FieldChange } from "../../synth/changes/field-changes.ts";
import { isChecksum } from "../../synth/changes/fold.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import type { Json } from "../../synth/objects/kubernetes-object.ts";
import { splitImage } from "../../synth/changes/image.ts";
import { policyRuleText } from "../../synth/gates/reach.ts";
import type { FieldPath } from "../../synth/changes/field-path.ts";
import { gistOf } from "./gist.ts";
import { fieldText, valueText } from "./wording.ts";

/** A line of a value: gone, come, or there to tell where, or what both are. */
export interface ValueLine {
  readonly sign: "+" | "-" | " ";
  readonly text: string;
}

/** A field that changes: one line, `before → after`, or the lines that go and come. */
export interface FieldRow {
  readonly name: string;
  readonly lines: readonly ValueLine[];
}

/** Most lines between the first and the last that differ which are compared one by one: the work grows with their square. */
const mostCompared = 600;

/** Longest value beside another, in characters. */
const longestBeside = 60;

type Rows = Pick<FoldedChange, "kind" | "operation" | "before" | "after"> & {
  readonly fields: readonly (FieldChange | EffectiveField)[];
};

/** The rows of one change. */
export function fieldRows({ kind, operation, before: old, after: now, fields }: Rows): readonly FieldRow[] {
  const whole = operation === "added" ? now : operation === "removed" ? old : undefined;
  if (whole !== undefined)
    return gistOf(whole.object).map(([name, text]) => ({ name, lines: [{ sign: " ", text }] }));
  const checksums = fields.filter(({ path }) => isChecksum(path));
  const rows = fields
    .filter((change) => !checksums.includes(change))
    .map(({ path, before, after }) => ({
      name: fieldText(path),
      lines: ruleLines(kind, path, before, after) ?? valueLines(before, after),
    }));
  const read = checksums.map(({ path }) => path.at(-1)?.replace(/^.*[./]/, "")).join(", ");
  return checksums.length === 0 ? rows : [...rows, { name: `what it reads has changed: ${read}`, lines: [] }];
}

/** A rule of a NetworkPolicy that comes or goes as a whole, in words; undefined for all else. */
function ruleLines(
  kind: string,
  path: FieldPath,
  before: Json | undefined,
  after: Json | undefined,
): readonly ValueLine[] | undefined {
  const direction = (["ingress", "egress"] as const).find((name) => path[1] === name);
  if (kind !== "networking.k8s.io/NetworkPolicy" || direction === undefined || path.length !== 3)
    return undefined;
  return [
    ...(before === undefined ? [] : [{ sign: "-", text: policyRuleText(before, direction) } as const]),
    ...(after === undefined ? [] : [{ sign: "+", text: policyRuleText(after, direction) } as const]),
  ];
}

function valueLines(before: Json | undefined, after: Json | undefined): readonly ValueLine[] {
  if (isLong(before) || isLong(after)) return textLines(linesOf(before), linesOf(after));
  if (isTexts(before) && isTexts(after)) return textLines(before, after);
  const [old, now] = [valueText(before), shortNext(before, after)];
  if (old === now) return [{ sign: " ", text: `${JSON.stringify(before)} → ${JSON.stringify(after)}` }];
  if (isSomething(before) && isSomething(after) && old.length + now.length <= 2 * longestBeside)
    return [{ sign: " ", text: `${old} → ${now}` }];
  return [
    ...(isSomething(before) ? [{ sign: "-", text: old } as const] : []),
    ...(isSomething(after) ? [{ sign: "+", text: now } as const] : []),
  ];
}

/** Of the same image only the version: its name has just been said. */
function shortNext(before: Json | undefined, after: Json | undefined): string {
  const text = valueText(after);
  const name = text.slice(0, text.indexOf(" ") + 1);
  const isSameImage = [before, after].every(
    (value) => typeof value === "string" && /[/@]/.test(value) && splitImage(value),
  );
  return isSameImage && name !== "" && valueText(before).startsWith(name) ? text.slice(name.length) : text;
}

function isSomething(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
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
function textLines(before: readonly string[], after: readonly string[]): readonly ValueLine[] {
  const head = sharedStart(before, after);
  const tail = sharedStart(before.slice(head).toReversed(), after.slice(head).toReversed());
  const [old, now] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const start = head === 0 ? [] : before.slice(head - 1, head);
  if (Math.max(old.length, now.length) > mostCompared) {
    return [{ sign: " ", text: `${old.length} lines → ${now.length} lines, too long to compare here` }];
  }
  return stretches(diff([...start, ...now], [...start, ...old]));
}

/** How many lines both begin with. */
function sharedStart(before: readonly string[], after: readonly string[]): number {
  const first = before.findIndex((line, index) => line !== after[index]);
  return first === -1 ? Math.min(before.length, after.length) : first;
}

/** Lines that differ, what goes before what comes in its place. */
function stretches(lines: ReturnType<typeof diff>): readonly ValueLine[] {
  const result: ValueLine[] = [];
  let come: ValueLine[] = [];
  let context: string | undefined;
  for (const [operation, text] of [...lines, [0, ""] as const]) {
    if (operation === 0) {
      result.push(...come);
      come = [];
      context = text;
      continue;
    }
    if (context !== undefined && context.trim() !== "") result.push({ sign: " ", text: context });
    context = undefined;
    if (operation === 1) come.push({ sign: "+", text });
    else result.push({ sign: "-", text });
  }
  return result;
}
