import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tryGit } from "../git/git.ts";

/** What is put together: a branch into where HEAD is, or one commit of a rebase on top of it. */
export interface Sides {
  readonly how: "merge" | "cherry-pick";
  readonly ours: string;
  readonly theirs: string;
}

/** Steps of a rebase that apply a commit. */
const applied = /^(?:pick|reword|edit|squash|fixup) (?:-[cC] )?([0-9a-f]{7,40})\b/;

/** What git is merging while it calls the driver; undefined where it does not say, as in a cherry-pick. */
export async function sidesOf(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Sides | undefined> {
  const ours = await commitOf(root, "HEAD");
  const heads = Object.keys(environment).flatMap((name) => /^GITHEAD_([0-9a-f]{40})$/.exec(name)?.[1] ?? []);
  const [theirs, ...more] = heads;
  if (ours === undefined || more.length > 0) return undefined;
  if (theirs !== undefined) return { how: "merge", ours, theirs };
  const picked = await commitOf(root, await rebasedCommit(root));
  return picked === undefined ? undefined : { how: "cherry-pick", ours, theirs: picked };
}

async function rebasedCommit(root: string): Promise<string> {
  const { stdout } = await tryGit(root, ["rev-parse", "--git-path", "rebase-merge/done"]);
  const done = join(root, stdout.trim());
  if (stdout === "" || !existsSync(done)) return "";
  const steps = readFileSync(done, "utf8").trim().split("\n");
  return applied.exec(steps.at(-1) ?? "")?.[1] ?? "";
}

async function commitOf(root: string, name: string): Promise<string | undefined> {
  if (name === "") return undefined;
  const { ok, stdout } = await tryGit(root, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  return ok ? stdout.trim() : undefined;
}
