import { join } from "node:path";
import { ProblemsError } from "../../synth/model/problem.ts";
import { parseWaivers, waiversFolder } from "../../synth/gates/waiver.ts";
import type { Waiver } from "../../synth/gates/waiver.ts";
import { readCommittedTree } from "../git/read-tree.ts";
import { readTree } from "../tree/tree.ts";

/**
 * The waivers that a revision holds; those of the work tree where none is named.
 *
 * @throws ProblemsError with every file that is no waiver
 */
export function readWaivers(root: string, commit: string | undefined): readonly Waiver[] {
  const files =
    commit === undefined
      ? readTree(join(root, waiversFolder))
      : readCommittedTree(root, commit, waiversFolder);
  const texts = [...files].filter(([path]) => path.endsWith(".json"));
  const { waivers, problems } = parseWaivers(
    new Map(texts.map(([path, content]) => [path.slice(0, -".json".length), content])),
  );
  if (problems.length > 0) throw new ProblemsError(problems);
  return waivers;
}
