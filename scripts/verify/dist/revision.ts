import { distRoot } from "../../../synth/model/paths.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";
import { hasCommit, readCommittedTree } from "../../git/read-tree.ts";

/**
 * Files of dist at a revision, by path from its root; empty if it has none. Nothing is checked out.
 *
 * @throws ProblemsError if there is no such revision
 */
export function distAt(root: string, revision: string): ReadonlyMap<string, string> {
  if (!hasCommit(root, revision)) throw noRevision(revision);
  return readCommittedTree(root, revision, distRoot);
}

function noRevision(revision: string): ProblemsError {
  return new ProblemsError([
    {
      rule: "usage",
      at: { definition: distRoot },
      what: `there is no revision ${revision}`,
      fix: "name a commit, branch or tag of this clone, such as origin/main; a shallow clone may have to fetch it first",
    },
  ]);
}
