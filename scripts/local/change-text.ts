import { compareTrees } from "../../synth/changes/changes.ts";
import type { FoldedChange } from "../../synth/changes/fold.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import type { DistFiles } from "../../synth/changes/dist-tree.ts";
import { fieldRows } from "../report/field-rows.ts";
import { count, headline, marks } from "../report/wording.ts";

/** Changes that are named; of more, the rest are counted. */
const mostNamed = 3;
/** Characters of what becomes of a field, beyond which it is only named. */
const longestValue = 60;

/** What changes in a cluster, on one line; undefined where nothing does. */
export function changeText(before: DistFiles, after: DistFiles): string | undefined {
  const base = new DistTree(before);
  const { folded, noise } = compareTrees(base, new DistTree(after, base), []);
  const all = [...folded, ...noise];
  if (all.length === 0) return undefined;
  const named = all.slice(0, mostNamed).map(textOf);
  const rest = all.length - named.length;
  return [...named, ...(rest > 0 ? [`and ${count(rest, "further change")}`] : [])].join("; ");
}

function textOf(change: FoldedChange): string {
  const title = `${marks[change.operation]} ${headline(change)}`;
  if (change.operation !== "changed") return title;
  const [first, ...others] = fieldRows(change);
  if (first === undefined) return title;
  const [line, ...further] = first.lines;
  const isShort = line !== undefined && further.length === 0 && line.text.length <= longestValue;
  const value = isShort ? ` ${line.sign === " " ? "" : line.sign}${line.text}` : "";
  return `${title}: ${first.name}${value}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}
