import { isUtf8 } from "node:buffer";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { gitProblem, withoutGit } from "./git.ts";

/** Bytes that git may answer with: a dist fifty times as large as ours. */
const longestAnswer = 1 << 28;

/** A file of a commit. */
interface TreeEntry {
  readonly mode: string;
  readonly oid: string;
}

/** The commit that a revision names, in full. */
export function commitOf(root: string, revision: string): string {
  const { status, stdout } = git(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  if (status === 0) return stdout.toString("utf8").trim();
  throw gitProblem(
    `git knows no commit ${revision} here`,
    "name a branch, a tag or a commit of this clone; one of the remote's needs git fetch first",
  );
}

/** Whether there is such a commit. */
export function hasCommit(root: string, revision: string): boolean {
  return (
    git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]).status === 0
  );
}

/** The newest commit that both have. */
export function mergeBaseOf(root: string, one: string, other: string): string {
  const { status, stdout } = git(root, ["merge-base", one, other]);
  if (status === 0) return stdout.toString("utf8").trim();
  throw gitProblem(
    `${one} and ${other} have no commit in common in this clone`,
    "fetch more history: git fetch --unshallow, or fetch-depth: 0 in continuous integration",
  );
}

/**
 * Files of a folder as a commit has them, by path below the folder; links and files that are not UTF-8 read as
 * `readTree` reads them on disk. Where `known` has the same content, it is not read again.
 *
 * @throws ProblemsError if git cannot read it
 */
export function readCommittedTree(
  root: string,
  commit: string,
  folder: string,
  known: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const entries = listTree(root, commit, folder);
  const same = new Set(
    [...entries].flatMap(([path, entry]) => (isSame(entry, known.get(path)) ? [path] : [])),
  );
  const blobs = readBlobs(
    root,
    [...entries].flatMap(([path, { oid }]) => (same.has(path) ? [] : [oid])),
  );
  return new Map(
    [...entries].map(([path, { mode, oid }]) => {
      const content = same.has(path) ? known.get(path) : undefined;
      return [path, content ?? contentOf(mode, blobs.get(oid) ?? Buffer.alloc(0))];
    }),
  );
}

/** One file of a commit; undefined where there is none. */
export function readCommittedFile(root: string, commit: string, path: string): string | undefined {
  const { status, stdout } = git(root, ["cat-file", "blob", `${commit}:./${path}`]);
  return status === 0 ? stdout.toString("utf8") : undefined;
}

function listTree(root: string, commit: string, folder: string): ReadonlyMap<string, TreeEntry> {
  const { status, stdout, stderr } = git(root, ["ls-tree", "-r", "-z", commit, "--", `${folder}/`]);
  if (status !== 0)
    throw gitProblem(`git cannot list ${folder} of ${commit}: ${firstLine(stderr)}`, "see what git says");
  const lines = stdout
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "");
  return new Map(
    lines.flatMap((line): [string, TreeEntry][] => {
      const [, mode = "", type = "", oid = "", path = ""] =
        /^(\d+) (\w+) ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
      return type === "blob" ? [[path.slice(folder.length + 1), { mode, oid }]] : [];
    }),
  );
}

/** Git's name for a content is its digest, so most of a tree that changed little need not be read. */
function isSame({ mode, oid }: TreeEntry, content: string | undefined): boolean {
  if (content === undefined || mode === symbolicLink) return false;
  const bytes = Buffer.from(content, "utf8");
  const hash = createHash(oid.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex") === oid;
}

/** Contents by object id, all from one process. */
function readBlobs(root: string, oids: readonly string[]): ReadonlyMap<string, Buffer> {
  const wanted = [...new Set(oids)];
  if (wanted.length === 0) return new Map();
  const { status, stdout, stderr } = git(root, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  if (status !== 0) throw gitProblem(`git cannot read dist: ${firstLine(stderr)}`, "see what git says");
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf("\n", at);
    const [oid = "", type = "", size = ""] = stdout.toString("utf8", at, end).split(" ");
    if (type !== "blob")
      throw gitProblem(`git has no object ${oid}, which dist is made of`, "git fetch, or clone anew");
    blobs.set(oid, stdout.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return blobs;
}

const symbolicLink = "120000";

function contentOf(mode: string, bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (mode === symbolicLink) return `symbolic link to ${text}`;
  return isUtf8(bytes) ? text : `${text}\uDC80`;
}

function git(
  root: string,
  args: readonly string[],
  input = "",
): { status: number | null; stdout: Buffer; stderr: Buffer } {
  // What a user has set for reading with their eyes, such as a replacement of objects, is not asked.
  const { error, ...result } = spawnSync("git", ["--no-replace-objects", "-C", root, ...args], {
    input,
    env: { ...withoutGit(process.env), LC_ALL: "C" },
    maxBuffer: longestAnswer,
  });
  if (error !== undefined)
    throw gitProblem(
      `git could not be run: ${error.message}`,
      "install git; npm run slipway -- doctor looks for it",
    );
  return result;
}

function firstLine(text: Buffer): string {
  return text.toString("utf8").split("\n", 1)[0] ?? "";
}
