import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { distRoot } from "../../../synth/model/paths.ts";
import { ProblemsError } from "../../../synth/model/problem.ts";

const run = promisify(execFile);
/** Bytes that git may answer with: some hundred times the dist of a fleet. */
const longestAnswer = 1 << 30;

/**
 * Files of dist at a revision, by path from its root; empty if it has none. Nothing is checked out.
 *
 * @throws ProblemsError if there is no such revision
 */
export async function distAt(root: string, revision: string): Promise<ReadonlyMap<string, string>> {
  const git = async (...args: readonly string[]) =>
    (await run("git", ["-C", root, ...args], { maxBuffer: longestAnswer, encoding: "utf8" })).stdout;
  const commit = await git(
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ).catch(() => undefined);
  if (commit === undefined) throw noRevision(revision);
  const listing = await git("ls-tree", "-r", "-z", "--full-tree", commit.trim(), "--", distRoot);
  const entries = listing.split("\0").flatMap((line) => {
    const [, id = "", path = ""] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return id === "" ? [] : [{ id, path: path.slice(distRoot.length + 1) }];
  });
  const contents = await blobs(
    root,
    entries.map(({ id }) => id),
  );
  return new Map(entries.map(({ path }, index) => [path, contents[index] ?? ""]));
}

/** Contents of blobs, all in one process. */
async function blobs(root: string, ids: readonly string[]): Promise<readonly string[]> {
  const asked = run("git", ["-C", root, "cat-file", "--batch"], {
    maxBuffer: longestAnswer,
    encoding: "buffer",
  });
  asked.child.stdin?.end(ids.map((id) => `${id}\n`).join(""));
  const { stdout } = await asked;
  let at = 0;
  return ids.map(() => {
    const line = stdout.indexOf("\n", at);
    const size = Number(stdout.toString("utf8", at, line).split(" ")[2]);
    at = line + 1 + size + 1;
    return stdout.toString("utf8", line + 1, line + 1 + size);
  });
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
