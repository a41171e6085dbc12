import { inDist } from "../model/paths.ts";
import { ownershipMark } from "../layout/file-spec.ts";
import type { FileSpec } from "../layout/file-spec.ts";
import type { Location, Problem } from "../model/problem.ts";
import type { ChangedFile, RemovedFile, TreePlan } from "./plan.ts";

/** Longest line quoted in a difference, in characters: two lines of a wide terminal. */
const longestShown = 160;

/** Everything in which dist is not what the definitions render, in `--check`'s words. Empty when they agree. */
export function describeDifferences(plan: TreePlan): Problem[] {
  return [
    ...plan.added.map(missing),
    ...plan.changed.map(differing),
    ...plan.removed.map(leftOver),
    ...plan.foreign.map(foreign),
  ];
}

function missing(file: FileSpec): Problem {
  return {
    rule: "dist-missing",
    at: locationOf(file),
    what: `${inDist(file.path)} of ${file.owner} is missing from dist`,
    fix: "npm run synth",
  };
}

function differing({ file, before }: ChangedFile): Problem {
  return {
    rule: "dist-differs",
    at: locationOf(file),
    what: [
      `${inDist(file.path)} of ${file.owner} differs from what its definition renders`,
      ...firstDifference(before, file.content),
    ].join("\n"),
    fix: `npm run synth; to keep an edit made in dist, change the definition (${file.definition}), not the file`,
  };
}

function leftOver({ path, before }: RemovedFile): Problem {
  const [firstLine = ""] = before.split(/\r?\n/, 1);
  return {
    rule: "dist-left-over",
    at: { definition: inDist(path) },
    what: `${inDist(path)} is left over: nothing renders it any longer (it was ${firstLine.slice(ownershipMark.length)})`,
    fix: "npm run synth",
  };
}

function foreign(path: string): Problem {
  return {
    rule: "foreign-file",
    at: { definition: inDist(path) },
    what: `${inDist(path)} is in dist, but Slipway did not write it`,
    fix: "move it out of dist, or remove it",
  };
}

function locationOf(file: FileSpec): Location {
  return { definition: file.definition, cluster: file.cluster };
}

/** The first line that is not the same, as it is on disk and as it is rendered; a missing line says so. */
function firstDifference(before: string, after: string): string[] {
  const old = before.split("\n");
  const rendered = after.split("\n");
  const index = old.findIndex((line, number) => line !== rendered[number]);
  const at = index === -1 ? old.length : index;
  return [
    `  line ${at + 1} (- as it is in dist, + as it is rendered)`,
    `  - ${shown(old[at])}`,
    `  + ${shown(rendered[at])}`,
  ];
}

/** A long line is cut, and what a terminal would hide or obey (a carriage return, an escape) is spelled out. */
function shown(line: string | undefined): string {
  if (line === undefined) return "(no such line)";
  const visible = line
    .toWellFormed()
    .replace(/\p{Cc}/gu, (hidden) => `\\x${hidden.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return visible.length > longestShown ? `${visible.slice(0, longestShown)}…` : visible;
}
