import { inDist } from "../model/paths.ts";
import type { FileSpec } from "../layout/file-spec.ts";
import { isOurs, ownershipMark } from "../layout/file-spec.ts";
import { checkPaths, foldPath } from "../layout/safe-path.ts";
import type { Problem } from "../model/problem.ts";

/** A file of ours whose content on disk differs from what its definition renders. */
export interface ChangedFile {
  readonly file: FileSpec;
  readonly before: string;
}

/** A file of ours that nothing renders any longer. */
export interface RemovedFile {
  readonly path: string;
  readonly before: string;
}

/** What has to happen to dist for it to be what the definitions render. Every list is sorted by path. */
export interface TreePlan {
  readonly added: readonly FileSpec[];
  readonly changed: readonly ChangedFile[];
  /** How many files are already right. */
  readonly unchanged: number;
  readonly removed: readonly RemovedFile[];
  /** Paths under dist that Slipway did not write. They are never touched. */
  readonly foreign: readonly string[];
  /** Why the plan may not be applied; nothing is written unless this is empty. */
  readonly blocked: readonly Problem[];
  /** The tree the plan was made for: applying it to any other tree is refused. */
  readonly current: ReadonlyMap<string, string>;
}

/**
 * Compares what the definitions render with what is on disk.
 *
 * @param current every file under dist by its relative path, as `readTree` returns it
 */
export function planTree(files: readonly FileSpec[], current: ReadonlyMap<string, string>): TreePlan {
  const specs = [...files].sort(byPath);
  const rendered = new Set(specs.map((file) => file.path));
  const onDisk = [...current].map(([path, before]) => ({ path, before })).sort(byPath);
  const foreign = onDisk
    .filter(({ path, before }) => !isOurs(before) && !(rendered.has(path) && isBlank(before)))
    .map(({ path }) => path);

  const added: FileSpec[] = [];
  const changed: ChangedFile[] = [];
  for (const file of specs) {
    const before = current.get(file.path);
    if (before === undefined) added.push(file);
    else if ((isOurs(before) || isBlank(before)) && before !== file.content) changed.push({ file, before });
  }
  return {
    added,
    changed,
    unchanged: specs.filter((file) => current.get(file.path) === file.content).length,
    removed: onDisk.filter(({ path, before }) => isOurs(before) && !rendered.has(path)),
    foreign,
    blocked: [
      ...checkPaths(specs),
      ...specs.flatMap(checkContent),
      ...checkForeign(specs, foreign),
      ...checkStowaways(specs, foreign),
    ],
    current,
  };
}

/** Whether a file holds nothing to lose: a power cut can leave one of ours like that. */
function isBlank(content: string): boolean {
  return /^\0*$/.test(content);
}

/** Whether applying the plan would change anything. */
export function isUpToDate(plan: TreePlan): boolean {
  return plan.added.length === 0 && plan.changed.length === 0 && plan.removed.length === 0;
}

/** By UTF-16 code unit, not by locale, so that the order is the same on every machine. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** A file that could not be recognised as ours, or not be written as it is, when it is read back. */
function checkContent(file: FileSpec): Problem[] {
  const at = { definition: file.definition, cluster: file.cluster };
  const problems: Problem[] = [];
  if (!isOurs(file.content)) {
    problems.push({
      rule: "unmarked-file",
      at,
      what: `${file.owner} renders ${inDist(file.path)} without the first line that marks it as Slipway's`,
      fix: `start the file's content with "${ownershipMark}"`,
    });
  }
  if (!file.content.isWellFormed()) {
    problems.push({
      rule: "malformed-text",
      at,
      what: `${file.owner} renders ${inDist(file.path)} with half of a surrogate pair, which UTF-8 cannot hold`,
      fix: "remove the character from the definition; it usually comes from cutting a string inside an emoji",
    });
  }
  return problems;
}

/** Foreign manifests among rendered ones: whoever takes up the folder would take them up, too. */
function checkStowaways(specs: readonly FileSpec[], foreign: readonly string[]): Problem[] {
  const rendered = new Map(specs.map((file) => [foldersOf(file.path).at(-1), file]));
  const inTheWay = new Set(specs.map((file) => foldPath(file.path)));
  return foreign.flatMap((path) => {
    if (!/\.(?:ya?ml|json)$/i.test(path) || inTheWay.has(foldPath(path))) return [];
    const file = foldersOf(path)
      .map((folder) => rendered.get(folder))
      .find((each) => each !== undefined);
    if (file === undefined) return [];
    return [
      {
        rule: "foreign-file",
        at: { definition: file.definition, cluster: file.cluster },
        what: `${inDist(path)} is not Slipway's, and would be applied with what ${file.owner} renders there`,
        fix: `render it from a definition, or move it out of dist`,
      },
    ];
  });
}

/** Foreign files in the way: at a rendered path, at one of its folders, or below it. */
function checkForeign(specs: readonly FileSpec[], foreign: readonly string[]): Problem[] {
  if (foreign.length === 0) return [];
  const foreignAt = new Map(foreign.map((path) => [foldPath(path), path]));
  const foreignBelow = new Map(
    foreign.flatMap((path) => foldersOf(path).map((folder) => [foldPath(folder), path])),
  );
  return specs.flatMap((file) => {
    const spots = [...foldersOf(file.path), file.path].map(foldPath);
    const inTheWay =
      spots.map((spot) => foreignAt.get(spot)).find((path) => path !== undefined) ??
      foreignBelow.get(foldPath(file.path));
    if (inTheWay === undefined) return [];
    return [
      {
        rule: "foreign-file",
        at: { definition: file.definition, cluster: file.cluster },
        what: `${file.owner} renders ${inDist(file.path)}, but ${inDist(inTheWay)} is there and Slipway did not write it`,
        fix: `move ${inDist(inTheWay)} out of dist, or remove it`,
      },
    ];
  });
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const segments = path.split("/");
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
}
