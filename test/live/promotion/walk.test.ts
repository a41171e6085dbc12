import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../promotion/fleet-source.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories();
  main = repos.main;
}, 300_000);
afterAll(() => repos.remove());

interface Outcome {
  readonly branch: string;
  readonly files: readonly string[];
  readonly notes: readonly string[];
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
}, 300_000);

test("the same promotion again is no other one, and an image without its configuration goes nowhere", async () => {
  const again = await outcome("promote", "shop", "--from", "staging", "--to", "prod");
  expect(again.files).toEqual([]);
  const image = await main.slipway("release", "set-image", "shop", "prod", `web@${build(2)}`);
  expect(image.status).toBe(1);
  expect(image.stderr).toContain("prod is frozen: an image by itself would leave its configuration behind");
});

test("what was promoted is rolled back byte for byte, and fixed past the others", async () => {
  const next = await outcome("promote", "shop", "--from", "dev", "--to", "staging");
  main.merge(next.branch);
  const released = await outcome("promote", "shop", "--from", "staging", "--to", "prod");
  const before = main.git("rev-parse", `HEAD:dist/${prod}`);
  main.merge(released.branch);
  expect(motto(prod)).toBe("second");

  const back = await outcome("rollback", "shop", "prod", "--why", "nobody understood it");
  main.merge(back.branch);
  expect(main.git("rev-parse", `HEAD:dist/${prod}`)).toBe(before);

  main.git(
    "switch",
    "--quiet",
    "--create",
    "fix",
    JSON.parse(main.read("apps/shop/releases/prod.json")).revision,
  );
  main.edit("apps/shop/app.ts", '"first"', '"fixed"');
  expect((await main.slipway("synth")).status).toBe(0);
  main.git("commit", "--quiet", "--all", "--message", "Fix it");
  main.git("switch", "--quiet", "main");
  const fix = await outcome("hotfix", "shop", "prod", "--revision", "fix", "--image", `web@${build(7)}`);
  main.merge(fix.branch);
  expect([motto(prod), motto(staging)]).toEqual(["fixed", "second"]);
  expect(main.read(`dist/${prod}/Deployment.web.yaml`)).toContain(build(7));

  const { notes } = await outcome("promote", "shop", "--from", "staging", "--to", "prod", "--dry-run");
  expect(notes).toContainEqual(expect.stringContaining("a hotfix gave the target another web"));

  // The fix's own branch is gone, its revision is not.
  main.git("branch", "--quiet", "--delete", "--force", "fix");
  const other = repos.clone("other");
  const reproduced = await other.slipway("reproduce");
  expect(reproduced).toMatchObject({ status: 0, stderr: "" });
  expect(reproduced.stdout.split("\n").filter((line) => line.includes("the same bytes"))).toHaveLength(2);

  const { stdout } = await other.slipway("history", "shop", "prod", "--json");
  const kinds: readonly { release: { frozen: { kind: string } } }[] = JSON.parse(stdout);
  expect(kinds.map(({ release }) => release.frozen.kind)).toEqual([
    "hotfix",
    "rollback",
    "promote",
    "promote",
  ]);
}, 300_000);
