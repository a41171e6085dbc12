import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withKeptWorktree } from "../../scripts/git/kept-worktree.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "slipway-kept-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    encoding: "utf8",
  }).trim();

function commit(files: Readonly<Record<string, string>>): string {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  git("add", "--all");
  git("commit", "--quiet", "--message", "x");
  return git("rev-parse", "HEAD");
}

/** Names and contents of what stands there, without git's own and what is kept on purpose. */
const filesIn = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path)
      .filter((name) => ![".git", ".slipway"].includes(name))
      .map((name) => [name, readFileSync(join(path, name), "utf8")]),
  );

const at = (revision: string) => withKeptWorktree(root, revision, async (path) => filesIn(path));

let [older, newer, kept] = ["", "", ""];
beforeAll(async () => {
  git("init", "--quiet");
  older = commit({ ".gitignore": "ignored\n.slipway\n", a: "1" });
  newer = commit({ a: "2", b: "1" });
  kept = await withKeptWorktree(root, newer, async (path) => path);
});

test("it has the files of the commit and no others, whatever was left in it", async () => {
  for (const name of ["a", "ignored", "stray"]) writeFileSync(join(kept, name), "left");
  mkdirSync(join(kept, ".slipway"), { recursive: true });
  writeFileSync(join(kept, ".slipway/compiled"), "kept");
  expect(await at(older)).toEqual({ ".gitignore": "ignored\n.slipway\n", a: "1" });
  rmSync(join(kept, "a"));
  expect(await at(newer)).toMatchObject({ a: "2", b: "1" });
  expect(readFileSync(join(kept, ".slipway/compiled"), "utf8")).toBe("kept");
});

test("one in which git was killed is made anew", async () => {
  const folder = readFileSync(join(kept, ".git"), "utf8").trim().replace("gitdir: ", "");
  writeFileSync(join(folder, "index.lock"), "");
  expect(await at(older)).toMatchObject({ a: "1" });
});

test("one that has lost its git is made anew, and the repository around it is not touched", async () => {
  rmSync(join(kept, ".git"));
  writeFileSync(join(root, "mine"), "not committed");
  expect(await at(newer)).toMatchObject({ a: "2" });
  expect(readFileSync(join(root, "mine"), "utf8")).toBe("not committed");
  writeFileSync(join(kept, ".git"), "gitdir: nowhere\n");
  expect(await at(older)).toMatchObject({ a: "1" });
  expect(readFileSync(join(root, "mine"), "utf8")).toBe("not committed");
});

test("two commands at once do not get in each other's way", async () => {
  await withKeptWorktree(root, older, async (path) => {
    await withKeptWorktree(root, newer, async (other) => {
      expect(other).not.toBe(path);
      expect([filesIn(path)["a"], filesIn(other)["a"]]).toEqual(["1", "2"]);
    });
    expect(filesIn(path)["a"]).toBe("1");
  });
  expect(existsSync(`${kept}.lock`)).toBe(false);
});
