import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCommit } from "../../scripts/git/commit.ts";
import { pushBranch, remoteBranch } from "../../scripts/git/push.ts";
import { changedPaths, log, remoteUrl, resolveCommit } from "../../scripts/git/repository.ts";
import { withWorktree } from "../../scripts/git/worktree.ts";

let folder: string;
let root: string;
const git = (...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-git-")));
  root = join(folder, "clone");
  spawnSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", join(folder, "origin.git")]);
  spawnSync("git", ["init", "--quiet", "--initial-branch=main", root]);
  git("config", "user.name", "Ada");
  git("config", "user.email", "ada@example.com");
  git("remote", "add", "origin", join(folder, "origin.git"));
  writeFileSync(join(root, "a"), "a\n");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
  git("push", "--quiet", "origin", "main");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec = () => ({
  parent: git("rev-parse", "HEAD"),
  message: "Change\n",
  who: "Ada <ada@example.com>",
  when: "2026-11-27T21:00:00Z",
});

test("a commit touches no branch, no index and no file, and the same one twice is one", async () => {
  const changes = new Map<string, string | null>([
    ["a", null],
    ["b/c", "c\n"],
  ]);
  const commit = await makeCommit(root, { ...spec(), changes });
  expect(await makeCommit(root, { ...spec(), changes })).toBe(commit);
  expect(git("ls-tree", "-r", "--name-only", commit)).toBe("b/c");
  expect(git("log", "-1", "--format=%an %cn %ct", commit)).toBe(
    `Ada Ada ${Date.parse("2026-11-27T21:00:00Z") / 1000}`,
  );
  expect([git("status", "--porcelain"), git("branch", "--format=%(refname:short)")]).toEqual(["", "main"]);
});

test("a push happens whole or not at all: nobody's branch is replaced unseen", async () => {
  const one = await makeCommit(root, { ...spec(), changes: new Map([["b", "1\n"]]) });
  const two = await makeCommit(root, { ...spec(), changes: new Map([["b", "2\n"]]) });
  await pushBranch(root, "origin", "promote/x", one, undefined, { "slipway/one": one });
  await expect(pushBranch(root, "origin", "promote/x", two, undefined)).rejects.toThrow(
    /changed by somebody else/,
  );
  await expect(pushBranch(root, "origin", "promote/x", two, two)).rejects.toThrow(/changed by somebody else/);
  expect(await remoteBranch(root, "origin", "promote/x")).toBe(one);
  await pushBranch(root, "origin", "promote/x", two, one);
  expect(await remoteBranch(root, "origin", "promote/x")).toBe(two);
});

test("hostile names are data", async () => {
  const names = ["a b", "--output=x", "$(touch pwned)", 'q"uote', "new\nline", ":(glob)**"];
  for (const name of names) writeFileSync(join(root, name), "x");
  expect((await changedPaths(root)).toSorted()).toEqual(names.toSorted());
  for (const name of names) rmSync(join(root, name));
  await expect(remoteUrl(root, "--upload-pack=touch pwned")).rejects.toThrow(/there is no remote/);
  await expect(resolveCommit(root, "--all")).rejects.toThrow(/knows no commit/);
  expect(await log(root, "HEAD", [":(glob)**"])).toEqual([]);
  expect((await log(root, "HEAD", ["a"])).length).toBe(1);
});

test("a remote that there is not is told where there are others, and is none where there are none", async () => {
  await expect(remoteUrl(root, "orgin")).rejects.toThrow(/there is no remote orgin/);
  const alone = join(folder, "alone");
  spawnSync("git", ["init", "--quiet", alone]);
  expect(await remoteUrl(alone, "origin")).toBeUndefined();
});

test("a rename is one change, of the new path", async () => {
  git("mv", "a", "z");
  expect(await changedPaths(root)).toEqual(["z"]);
  git("mv", "z", "a");
});

test("a work tree is gone after its work, one of a killed command with the next", async () => {
  const abandoned = join(
    root,
    `.slipway/worktrees/${spawnSync("hostname", { encoding: "utf8" }).stdout.trim()}-99999999-0123abcd`,
  );
  mkdirSync(join(root, ".slipway/worktrees"), { recursive: true });
  git("worktree", "add", "--quiet", "--detach", abandoned);
  const seen = await withWorktree(root, "HEAD", (path) => Promise.resolve(path));
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
  expect(seen.startsWith(join(root, ".slipway/worktrees/"))).toBe(true);
});
