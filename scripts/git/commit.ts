import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, tryGit } from "./git.ts";

/** What a commit changes, by path from the root of the repository; null takes a file out. */
export type FileChanges = ReadonlyMap<string, string | null>;

export interface CommitSpec {
  readonly parent: string;
  readonly message: string;
  /** `Name <address>`. */
  readonly who: string;
  /** UTC in ISO 8601, to the second: author's and committer's date. */
  readonly when: string;
  readonly changes: FileChanges;
}

/**
 * Makes a commit and leaves everything else alone: no branch, no index, no file of the work tree. Until a name is given to
 * it nothing refers to it, so that a killed command leaves nothing behind. The same specification gives the same commit.
 */
export async function makeCommit(root: string, spec: CommitSpec): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), "slipway-commit-"));
  const env = { GIT_INDEX_FILE: join(scratch, "index") };
  try {
    await git(root, ["read-tree", spec.parent], "git cannot read the commit to build on", { env });
    const index = await indexLines(root, scratch, spec.changes);
    await git(root, ["update-index", "-z", "--index-info"], "git cannot note the files", {
      env,
      input: index,
    });
    const tree = await git(root, ["write-tree"], "git cannot write the files", { env });
    return await commitTree(root, tree, spec);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Contents go in by one process, whatever their number. */
async function indexLines(root: string, scratch: string, changes: FileChanges): Promise<string> {
  const written = [...changes].flatMap(([path, content]) => (content === null ? [] : [{ path, content }]));
  const drafts = written.map(({ content }, number) => {
    const draft = join(scratch, String(number));
    writeFileSync(draft, content);
    return draft;
  });
  const args = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
  const input = drafts.map((draft) => `${draft}\n`).join("");
  const oids =
    drafts.length === 0 ? [] : (await git(root, args, "git cannot store the files", { input })).split("\n");
  const added = written.map(({ path }, number) => `100644 ${oids[number] ?? ""}\t${path}\0`);
  const removed = [...changes].flatMap(([path, content]) =>
    content === null ? [`0 ${"0".repeat(40)}\t${path}\0`] : [],
  );
  return [...removed, ...added].join("");
}

async function commitTree(root: string, tree: string, spec: CommitSpec): Promise<string> {
  const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(spec.who) ?? [];
  const date = `${Date.parse(spec.when) / 1000} +0000`;
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
  const signs = (await tryGit(root, ["config", "--type=bool", "commit.gpgsign"])).stdout.trim() === "true";
  const args = ["commit-tree", ...(signs ? ["-S"] : []), "-p", spec.parent, "-F", "-", tree];
  return git(root, args, "git cannot commit", { env, input: spec.message });
}
