import { afterAll, beforeAll, expect, test } from "vitest";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories({ apps: ["shop", "cart"], addons: true });
  main = repos.main;
}, 600_000);
afterAll(() => repos.remove());

async function outcome(...args: readonly string[]) {
  const { status, stdout, stderr } = await main.slipway(...args, "--json");
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
  const told: { branch: string; files: readonly string[]; body: string } = JSON.parse(stdout);
  return told;
}

test("several apps are one train: one branch, one commit, one text", async () => {
  const { branch, files, body } = await outcome(
    "promote",
    "shop",
    "cart",
    "--from",
    "dev",
    "--to",
    "staging",
  );
  expect(branch).toMatch(/^promote\/cart\+shop\/staging\/[0-9a-f]{12}$/);
  expect(files).toEqual(
    expect.arrayContaining(["apps/cart/releases/staging.json", "apps/shop/releases/staging.json"]),
  );
  expect(body).toContain("`cart-staging`");
  expect(body).toContain("- Not checked: shop-staging: health of the source was not checked");
  main.merge(branch);
  expect((await main.slipway("synth", "--check")).stdout).toContain("dist is in step");
}, 600_000);

test("two steps at once need no soak between, and render one revision", async () => {
  const { branch, files } = await outcome("promote", "shop", "--from", "dev", "--to", "staging", "prod");
  // Staging runs it already, but for main's newest commit, which changes nothing of it.
  expect(files.some((path) => path.startsWith("dist/prod/applications/shop-prod/"))).toBe(true);
  main.merge(branch);
}, 600_000);

test("an add-on goes from group to group, and stays there while main goes on", async () => {
  const placed = "dist/prod/controllers/greeter/ConfigMap.greeting.yaml";
  expect(main.has(placed)).toBe(false);
  const { branch } = await outcome("promote", "greeter", "--addons", "--from", "nonprod", "--to", "prod");
  main.merge(branch);
  main.edit("platform/greeter.ts", '"hello"', '"goodbye"');
  await main.land("Greet differently");
  expect(main.read(placed)).toContain("hello");
  expect(main.read(placed.replace("/prod/", "/nonprod/"))).toContain("goodbye");
  const next = await outcome("promote", "greeter", "--addons", "--from", "nonprod", "--to", "prod");
  main.merge(next.branch);
  expect(main.read(placed)).toContain("goodbye");
  expect((await main.slipway("history", "greeter", "prod", "--addon")).stdout).toMatch(
    /promote from nonprod[^]*promote from nonprod/,
  );
}, 600_000);
