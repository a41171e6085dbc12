import { distRoot } from "../../synth/model/paths.ts";
import type { DistFiles } from "../../synth/changes/dist-tree.ts";
import { commitOf, hasCommit, mergeBaseOf, readCommittedTree } from "../git/read-tree.ts";
import { readTree, refuseInterrupted } from "../tree/tree.ts";
import { ProblemsError } from "../../synth/model/problem.ts";

/** Two revisions of dist with what people call them. */
export interface Compared {
  readonly base: DistFiles;
  readonly head: DistFiles;
  readonly baseName: string;
  readonly headName: string;
  /** Commit of the base, in full. */
  readonly baseCommit: string;
  /** Commit of the head; undefined for the work tree. */
  readonly headCommit: string | undefined;
}

export interface Revisions {
  /** Revision to compare with. Default: origin/main, or main where there is no remote. */
  readonly base?: string;
  /** Default: the work tree. */
  readonly head?: string;
  /** Compare with `base` itself. Default: with the newest commit that it and the head have in common. */
  readonly exact?: boolean;
}

/** Branches that a change goes into, first found first. */
const usualBases = ["origin/main", "main"];

/**
 * Reads dist as the base has it, from git, and as the head has it.
 *
 * @throws ProblemsError if git does not know a revision
 */
export function readCompared(
  root: string,
  distPath: string,
  { base, head, exact = false }: Revisions,
): Compared {
  const headCommit = head === undefined ? undefined : commitOf(root, head);
  const into = base ?? usualBases.find((name) => hasCommit(root, name));
  if (into === undefined) throw noBase();
  const named = commitOf(root, into);
  const baseCommit = exact ? named : mergeBaseOf(root, named, headCommit ?? commitOf(root, "HEAD"));
  const headFiles =
    headCommit === undefined ? workTree(distPath) : readCommittedTree(root, headCommit, distRoot);
  const short = baseCommit.slice(0, 10);
  return {
    base: readCommittedTree(root, baseCommit, distRoot, headFiles),
    head: headFiles,
    baseName: named === baseCommit ? `${short} (${into})` : `${short} (merge base with ${into})`,
    headName: headCommit === undefined ? "the work tree" : `${headCommit.slice(0, 10)} (${head})`,
    baseCommit,
    headCommit,
  };
}

function workTree(distPath: string): DistFiles {
  refuseInterrupted(distPath);
  return readTree(distPath);
}

function noBase(): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: "slipway diff" },
      what: `there is neither ${usualBases.join(" nor ")} to compare with`,
      fix: "name a revision: --base <revision>",
    },
  ]);
}
