import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GitServer } from "../../scripts/git-server/git-server.ts";
import { startGitServer } from "../../scripts/git-server/start.ts";

const root = mkdtempSync(join(tmpdir(), "slipway-git-server-"));
const served = join(root, "served");
let server: GitServer;

/** In a process of its own: this one has to answer. */
function git(...args: readonly string[]) {
  const { promise, resolve } = Promise.withResolvers<{ status: number; output: string }>();
  const options = { cwd: root, env: { ...process.env, GIT_TERMINAL_PROMPT: "0" } };
  execFile(
    "git",
    ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args],
    options,
    (error, out, err) => resolve({ status: error === null ? 0 : 1, output: out + err }),
  );
  return promise;
}

beforeAll(async () => {
  mkdirSync(join(served, "example"), { recursive: true });
  await git("init", "--quiet", "--initial-branch=main", "work");
  mkdirSync(join(root, "work/dist/local"), { recursive: true });
  writeFileSync(join(root, "work/dist/local/a.yaml"), "a: 1\n");
  // Enough for more than one chunk of an answer.
  writeFileSync(
    join(root, "work/large"),
    Array.from({ length: 400_000 }, (_, index) => index * 7).join("\n"),
  );
  await git("-C", "work", "add", "--all");
  await git("-C", "work", "commit", "--quiet", "--message=one");
  await git("clone", "--quiet", "--bare", "work", join(served, "example/slipway.git"));
  server = await startGitServer({ folder: served });
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

test("a repository is cloned by its path, whole", async () => {
  expect(await git("clone", "--quiet", `${server.url}/example/slipway.git`, "clone")).toEqual({
    status: 0,
    output: "",
  });
  for (const file of ["dist/local/a.yaml", "large"]) {
    expect(readFileSync(join(root, "clone", file))).toEqual(readFileSync(join(root, "work", file)));
  }
});

test("what was committed meanwhile is fetched", async () => {
  writeFileSync(join(root, "work/dist/local/a.yaml"), "a: 2\n");
  await git("-C", "work", "commit", "--quiet", "--all", "--message=two");
  await git("-C", "work", "push", "--quiet", join(served, "example/slipway.git"), "main");
  expect((await git("-C", "clone", "pull", "--quiet")).status).toBe(0);
  expect(readFileSync(join(root, "clone/dist/local/a.yaml"), "utf8")).toBe("a: 2\n");
});

test("nobody writes to it", async () => {
  const pushed = await git("-C", "clone", "push", "origin", "HEAD:other");
  expect(pushed).toMatchObject({ status: 1, output: expect.stringContaining("403") });
});

test("a repository that is not there, or lies outside the folder, is not found", async () => {
  for (const path of ["/example/other.git", "/../work/.git", "/%2e%2e/work/.git"]) {
    const { status } = await git("-c", "http.followRedirects=false", "ls-remote", `${server.url}${path}`);
    expect(status, path).toBe(1);
  }
});

test("it listens on the loopback only", async () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of others) {
    const refused = await new Promise((resolve) => {
      const socket = connect(server.port, address, () => resolve(false));
      socket.once("error", () => resolve(true));
    });
    expect(refused, address).toBe(true);
  }
});
