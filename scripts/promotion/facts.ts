import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { factsPath } from "../../synth/model/paths.ts";
import { ProblemsError } from "../../synth/model/problem.ts";
import { subjectPath } from "../../synth/model/release.ts";
import type { Freeze, Revision, Subject } from "../../synth/model/release.ts";
import { refreshedFacts } from "../../synth/release/refreshed-facts.ts";
import { clustersOf } from "../../synth/render-release.ts";
import { git, tryGit } from "../git/git.ts";
import { readCommittedFile } from "../git/read-tree.ts";
import { ensureCommit } from "../git/repository.ts";
import { errorCode } from "../tree/failure.ts";
import type { Desk } from "./desk.ts";

/**
 * Facts that a subject's clusters have by now and the revision does not: what is rendered from an older revision still says of
 * AWS what is true today. Git keeps them, since main does.
 *
 * @returns nothing where the revision's own facts are right, or it is not in this clone, which whoever renders it will say
 */
export async function factsSince(
  { root, remote, fleet, inputs, base }: Pick<Desk, "root" | "remote" | "fleet" | "inputs" | "base">,
  subject: Subject,
  revision: Revision,
): Promise<Pick<Freeze, "facts">> {
  if (revision === base || !(await ensureCommit(root, revision, remote))) return {};
  const facts: Record<string, string> = {};
  for (const { name } of clustersOf(fleet, subject)) {
    const current = inputs.facts.get(name);
    if (current === undefined) continue;
    const held = readCommittedFile(root, revision, factsPath(name));
    if (refreshedFacts(held, current) !== undefined) facts[name] = await nameOf(root, current);
  }
  return Object.keys(facts).length > 0 ? { facts } : {};
}

/** Git's name for a content, under which it can be read again. */
export function nameOf(root: string, content: string): Promise<string> {
  const args = ["hash-object", "-w", "-t", "blob", "--stdin"];
  return git(root, args, "git cannot keep the facts", { input: content });
}

/** Runs `work` while a work tree holds the facts that something is rendered with; afterwards it has its own again. */
export async function withFacts<Result>(
  root: string,
  worktree: string,
  { subject, facts = {} }: { readonly subject: Subject } & Pick<Freeze, "facts">,
  work: () => Promise<Result>,
): Promise<Result> {
  const own = new Map<string, string | undefined>();
  for (const [cluster, name] of Object.entries(facts)) {
    const path = join(worktree, factsPath(cluster));
    const held = readIfThere(path);
    own.set(path, held);
    const content = refreshedFacts(held, await contentOf(root, subject, cluster, name));
    if (content !== undefined) writeFileSync(path, content);
  }
  try {
    return await work();
  } finally {
    for (const [path, content] of own) {
      if (content === undefined) rmSync(path, { force: true });
      else writeFileSync(path, content);
    }
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The content that git keeps under a name; undefined if this clone does not have it. */
export async function keptFacts(root: string, name: string): Promise<string | undefined> {
  const { ok, stdout } = await tryGit(root, ["cat-file", "blob", name]);
  return ok ? stdout : undefined;
}

async function contentOf(root: string, subject: Subject, cluster: string, name: string): Promise<string> {
  const kept = await keptFacts(root, name);
  if (kept !== undefined) return kept;
  throw new ProblemsError([
    {
      rule: "revision",
      at: { definition: subjectPath(subject), cluster },
      what: `the facts that it was rendered with (${name.slice(0, 12)}, once ${factsPath(cluster)}) are not in this clone`,
      fix: "git fetch the whole history of main, which has held them; what runs goes on running, and the next promotion replaces it",
    },
  ]);
}
