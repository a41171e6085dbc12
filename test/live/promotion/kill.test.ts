import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { slipway } from "../../commands/slipway.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories();
  main = repos.main;
  const { stdout } = await main.slipway("promote", "shop", "--from", "dev", "--to", "staging", "--json");
  const { branch }: Promoted = JSON.parse(stdout);
  main.merge(branch);
  // Main goes on, so that the next step renders another revision than main's.
  main.edit("apps/shop/app.ts", '"first"', '"second"');
  await main.land("Say something else");
}, 300_000);
afterAll(() => repos.remove());

interface Promoted {
  readonly branch: string;
  readonly published: { readonly commit: string } | null;
}

const remoteAt = (branch: string): string =>
  main.git("ls-remote", "origin", `refs/heads/${branch}`).split("\t")[0] ?? "";

/** A git that ends whoever calls it, before or after its n-th call. */
function deadlyGit(
  folder: string,
): (at: number, when: "before" | "after") => Readonly<Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "git");
  const real =
    (process.env["PATH"] ?? "")
      .split(":")
      .map((path) => join(path, "git"))
      .find(existsSync) ?? "";
  writeFileSync(
    program,
    `#!/bin/sh
n=$(($(cat "$COUNT" 2>/dev/null || echo 0) + 1))
echo $n > "$COUNT"
if [ "$n" = "$DIE_AT" ] && [ "$DIE" = before ]; then kill -9 $PPID; exit 1; fi
"${real}" "$@"
code=$?
if [ "$n" = "$DIE_AT" ]; then kill -9 $PPID; fi
exit $code
`,
  );
  chmodSync(program, 0o755);
  const count = join(folder, "count");
  return (at, when) => {
    rmSync(count, { force: true });
    return { PATH: `${folder}:${process.env["PATH"] ?? ""}`, COUNT: count, DIE_AT: String(at), DIE: when };
  };
}

test("killed between any two steps it leaves nothing half-written, and the next run ends it", async () => {
  const deadly = deadlyGit(join(repos.folder, "deadly"));
  const args = ["promote", "shop", "--from", "staging", "--to", "prod", "--json"];
  const mainBefore = remoteAt("main");
  const branches: string[] = [];
  let kills = 0;
  for (let at = 1; ; at += 1) {
    const { status, stdout } = await slipway(args, {
      root: main.root,
      env: deadly(at, at % 2 === 0 ? "before" : "after"),
    });
    expect(main.git("status", "--porcelain")).toBe("");
    expect(remoteAt("main")).toBe(mainBefore);
    // Either nothing, or a whole commit whose slice is what its release says.
    branches.push(main.git("ls-remote", "origin", "refs/heads/promote/*"));
    if (status === 0) {
      const { branch, published }: Promoted = JSON.parse(stdout);
      expect(published?.commit).toBe(remoteAt(branch));
      main.merge(branch);
      break;
    }
    kills += 1;
  }
  expect(kills).toBeGreaterThan(20);
  expect(new Set(branches).size).toBeLessThanOrEqual(2);
  expect((await main.slipway("synth", "--check")).stdout).toContain("dist is in step");
  // The one work tree that is kept is left to the next promotion; others are made only beside it, and go.
  const others = join(main.root, ".slipway/worktrees");
  expect(existsSync(others) ? readdirSync(others) : []).toEqual([]);
}, 300_000);
