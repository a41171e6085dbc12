import { afterAll, beforeAll, expect, test } from "vitest";
import { build, repositories } from "./repository.ts";
import type { Clone, Repositories } from "./repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories();
  main = repos.main;
}, 60_000);
afterAll(() => repos.remove());

interface Outcome {
  readonly branch: string;
  readonly files: readonly string[];
}

async function outcome(...args: readonly string[]): Promise<Outcome> {
  const { status, stdout, stderr } = await main.slipway(...args, "--json");
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

const motto = (placed: string): string | undefined =>
  /MOTTO: (\w+)/.exec(main.read(`dist/${placed}/ConfigMap.settings.yaml`))?.[1];
const staging = "nonprod/applications/shop-staging";
const prod = "prod/applications/shop-prod";

test("a change moves from dev to staging to prod, whole, by two pull requests", async () => {
  expect(main.has(`dist/${staging}`)).toBe(false);
  const dev = main.git("rev-parse", "HEAD");
  const first = await outcome("promote", "shop", "--from", "dev", "--to", "staging");
  expect(first.branch).toBe(`promote/shop/staging/${dev.slice(0, 12)}`);
  // The work tree, main and the clone's branches are left alone.
  expect(main.git("status", "--porcelain")).toBe("");
  expect(main.git("branch", "--format=%(refname:short)")).toBe("main");
  main.merge(first.branch);
  expect((await main.slipway("synth", "--check")).stdout).toContain("dist is in step");
  expect(motto(staging)).toBe("first");

  main.edit("apps/shop/app.ts", '"first"', '"second"');
  await main.land("Say something else");
  expect([motto("nonprod/applications/shop-dev"), motto(staging)]).toEqual(["second", "first"]);

  const second = await outcome(
    "promote",
    "shop",
    "--from",
    "staging",
    "--to",
    "prod",
    "--why",
    "the season starts",
  );
  main.merge(second.branch);
  // What staging runs, not what main has by now.
  expect(motto(prod)).toBe("first");
  expect(JSON.parse(main.read("apps/shop/releases/prod.json"))).toMatchObject({
    revision: dev,
    images: { web: build(1) },
    from: "staging",
    who: "Ada of main <main@example.com>",
    why: "the season starts",
  });
  expect((await main.slipway("synth", "--check")).stdout).toContain("dist is in step");
}, 60_000);
