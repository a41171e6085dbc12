import { styleText } from "node:util";

/** What becomes of files of dist, by the mark before their paths. */
const changes = {
  added: { mark: "+", colour: "green" },
  changed: { mark: "~", colour: "yellow" },
  removed: { mark: "-", colour: "red" },
} as const;
export type Change = keyof typeof changes;
const kindsOfChange = ["added", "changed", "removed"] as const satisfies readonly Change[];

/** Lines that the changes of one cluster may take: with its counts, a dozen fit a terminal twice. */
const mostLines = 10;

/** Parts of a path that are kept when files are counted by folder, from a whole path to the cluster alone. */
const depths = [Infinity, 4, 3, 2, 1];

interface Fold {
  readonly change: Change;
  readonly paths: readonly string[];
  /** Index into `depths`. */
  readonly level: number;
}

/**
 * The files of one cluster that a synth adds, changes and removes: each by itself while they are few. Of many, the kind
 * that takes the most lines is counted by folder first, so that one removed file is seen beside a hundred changed ones.
 */
export function changeLines(files: Readonly<Record<Change, readonly string[]>>): readonly string[] {
  let folds = kindsOfChange.map((change): Fold => ({ change, paths: files[change], level: 0 }));
  for (;;) {
    const rows = folds.map(rowsOf);
    if (rows.flat().length <= mostLines) return inOrder(rows.flat());
    const foldable = folds.filter(({ level }) => level < depths.length - 1);
    const longest = foldable.reduce((a, b) => (rowsOf(b).length > rowsOf(a).length ? b : a));
    folds = folds.map((fold) => (fold === longest ? { ...fold, level: fold.level + 1 } : fold));
  }
}

interface Row {
  readonly change: Change;
  readonly text: string;
}

function rowsOf({ change, paths, level }: Fold): readonly Row[] {
  const folders = Map.groupBy(paths, (path) => path.split("/").slice(0, depths[level]).join("/"));
  return [...folders].map(([folder, [first = "", ...others]]) => ({
    change,
    text: others.length === 0 ? first : `${folder}/ (${others.length + 1} files)`,
  }));
}

/** By path, so that an object and the one in whose place it comes stand together. */
function inOrder(rows: readonly Row[]): readonly string[] {
  return rows
    .toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ change, text }) => `${styleText(changes[change].colour, changes[change].mark)} ${text}`);
}

/** `2 added, 1 removed`; empty if nothing changed. */
export function changeCounts(files: Readonly<Record<Change, readonly string[]>>): string {
  return kindsOfChange
    .filter((change) => files[change].length > 0)
    .map((change) => styleText(changes[change].colour, `${files[change].length} ${change}`))
    .join(", ");
}
