import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../process/run-program.ts";
import { tryGit } from "../git/git.ts";
import { withWorktree } from "../git/worktree.ts";
import { linkModules } from "../promotion/modules.ts";
import type { Sides } from "./sides.ts";

/** Dist of the merge, below `folder`; or why there is none. */
export type Regenerated = { readonly folder: string } | { readonly reason: string };

/** Where it is kept while git goes from file to file. */
const kept = ".slipway/merge";

/**
 * What the merged definitions and releases render. They are merged in a work tree of their own, since git calls the driver
 * while its own merge is half done. The first file pays for it; the others find it.
 */
export async function regenerated(root: string, sides: Sides): Promise<Regenerated> {
  const place = join(root, kept, `${sides.ours.slice(0, 16)}-${sides.theirs.slice(0, 16)}`);
  const failure = join(place, "reason");
  if (existsSync(failure)) return { reason: readFileSync(failure, "utf8") };
  if (existsSync(place)) return { folder: place };
  dropOthers(join(root, kept));
  return withWorktree(root, sides.ours, async (worktree) => {
    const reason = await render(root, worktree, sides);
    const draft = join(worktree, ".merged");
    mkdirSync(draft);
    if (reason === undefined) renameSync(join(worktree, "dist"), join(draft, "dist"));
    else writeFileSync(join(draft, "reason"), reason);
    mkdirSync(join(root, kept), { recursive: true });
    renameSync(draft, place);
    return reason === undefined ? { folder: place } : { reason };
  });
}

/** Merges and renders in the work tree; why not, if it cannot be done. */
async function render(root: string, worktree: string, { how, theirs }: Sides): Promise<string | undefined> {
  // Git keeps our side of dist; everything else has to merge by itself.
  const plain = ["-c", "merge.slipway.driver=false", "-c", "core.hooksPath=/dev/null"];
  const args =
    how === "merge" ? ["merge", "--no-commit", "--no-ff", theirs] : ["cherry-pick", "--no-commit", theirs];
  await tryGit(worktree, [...plain, ...args]);
  const { stdout } = await tryGit(worktree, ["diff", "--name-only", "--diff-filter=U", "-z"]);
  const open = stdout.split("\0").filter((path) => path !== "" && !path.startsWith("dist/"));
  if (open.length > 0) return `${open.slice(0, 3).join(", ")} has to be merged by hand first`;
  const node = await linkModules(root, worktree);
  const ran = await runProgram(node, [join(worktree, "scripts/cli.ts"), "synth", "--json"], {
    cwd: worktree,
  });
  return ran.ok
    ? undefined
    : `what the merge gives does not render (${firstProblem(ran.stdout) ?? ran.reason})`;
}

function firstProblem(printed: string): string | undefined {
  return /"what":"((?:[^"\\]|\\.)*)"/.exec(printed)?.[1];
}

/** Of merges that are over. */
function dropOthers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}
