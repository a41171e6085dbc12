import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../promotion/fleet-source.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories({ apps: ["shop", "cart"] });
  main = repos.main;
}, 120_000);
afterAll(() => repos.remove());

test("environments that have followed main are frozen together at what a commit renders", async () => {
  for (const path of ["shop/releases/staging", "cart/releases/staging", "cart/releases/prod"]) {
    main.write(`apps/${path}.json`, `{ "images": { "web": "${build(3)}" } }\n`);
  }
  const { status, stderr } = await main.slipway("synth");
  expect(status).toBe(1);
  expect(stderr).toContain("npm run slipway -- release freeze");
  expect((await main.slipway("release", "freeze")).stderr).toContain("changes that no commit holds");

  main.git("add", "--all");
  main.git("commit", "--quiet", "--message", "Place them");
  const frozen = await main.slipway("release", "freeze");
  expect(frozen).toMatchObject({ status: 0, stderr: "" });
  expect(frozen.stdout.split("\n").filter((line) => line.startsWith("froze "))).toHaveLength(3);
  await main.land("Freeze them");
  expect(JSON.parse(main.read("apps/shop/releases/staging.json"))).toMatchObject({ kind: "freeze" });
  expect(main.has("dist/nonprod/applications/shop-staging")).toBe(true);
  expect((await main.slipway("reproduce")).status).toBe(0);
  expect((await main.slipway("release", "freeze")).stdout).toContain("nothing is left to freeze");
}, 600_000);
