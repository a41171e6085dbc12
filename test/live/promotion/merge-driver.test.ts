import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories();
  main = repos.main;
  const installed = spawnSync(process.execPath, [join(main.root, "scripts/merge/install.ts")]);
  expect(installed.status).toBe(0);
}, 300_000);
afterAll(() => repos.remove());

const settings = "dist/nonprod/applications/shop-dev/ConfigMap.settings.yaml";

/** A branch of main with one change, rendered. */
async function branch(name: string, path: string, text: string, replacement: string): Promise<void> {
  main.git("switch", "--quiet", "--create", name, "main");
  main.edit(path, text, replacement);
  expect((await main.slipway("synth")).status).toBe(0);
  main.git("commit", "--quiet", "--all", "--message", name);
}

const placed = (replicas: number): string => `namespace: "shop-dev", parameters: { replicas: ${replicas} }`;

// Two definitions that merge by themselves, and in dist two lines beside each other.
test.each(["merge", "rebase"])(
  "dist of two branches is rendered again by git %s",
  async (how) => {
    await branch(`motto-${how}`, "apps/shop/app.ts", '"first"', '"other"');
    await branch(`replicas-${how}`, "clusters/nonprod.ts", placed(2), placed(3));
    main.git(
      ...(how === "merge" ? ["merge", "--quiet", "--no-edit"] : ["rebase", "--quiet"]),
      `motto-${how}`,
    );
    expect(main.git("status", "--porcelain")).toBe("");
    expect(main.read(settings)).toContain("MOTTO: other\n  REPLICAS: '3'");
    expect((await main.slipway("synth", "--check")).stdout).toContain("dist is in step");
  },
  60_000,
);

test("definitions that do not merge leave dist in conflict, and say what to do", async () => {
  await branch("one", "apps/shop/app.ts", '"first"', '"one"');
  await branch("two", "apps/shop/app.ts", '"first"', '"two"');
  const { status, stdout, stderr } = spawnSync("git", ["merge", "one"], { cwd: main.root, encoding: "utf8" });
  expect({ status, stdout }).toMatchObject({ status: 1 });
  expect(stderr).toContain("apps/shop/app.ts has to be merged by hand first");
  expect(main.git("diff", "--name-only", "--diff-filter=U").split("\n")).toContain(settings);
  main.git("merge", "--abort");
}, 300_000);

test("without the driver the same merge is a conflict", async () => {
  await branch("plain-motto", "apps/shop/app.ts", '"first"', '"other"');
  await branch("plain-replicas", "clusters/nonprod.ts", placed(2), placed(3));
  const args = ["-c", "merge.slipway.driver=false", "merge", "plain-motto"];
  expect(spawnSync("git", args, { cwd: main.root }).status).toBe(1);
}, 300_000);
