import { afterAll, beforeAll, expect, test } from "vitest";
import { releaseText } from "../../../synth/release/release-text.ts";
import { parseRelease } from "../../../synth/resolve/release-input.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";
import { certificate, factsFile, plantGarden, writeFacts } from "./garden-on-eks.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories({ apps: ["shop", "cart"] });
  main = repos.main;
  await plantGarden(main);
  await promote("dev", "staging");
  await promote("staging", "prod");
}, 300_000);
afterAll(() => repos.remove());

async function promote(from: string, to: string): Promise<void> {
  const { status, stdout, stderr } = await main.slipway(
    "promote",
    "shop",
    "cart",
    "--from",
    from,
    "--to",
    to,
    "--json",
  );
  expect(status, stderr).toBe(0);
  main.merge(JSON.parse(stdout).branch);
}

const slice = (owner: string): string => `dist/garden/applications/${owner}`;
const ingress = (owner: string): string => main.read(`${slice(owner)}/Ingress.web.yaml`);
const release = (owner: string) => JSON.parse(main.read(`apps/${owner.replace("-", "/releases/")}.json`));
const frozen = ["shop-staging", "shop-prod", "cart-staging", "cart-prod"];

test("new facts stop a synth, which says what gives them to what is frozen", async () => {
  main.edit("apps/shop/app.ts", '"first"', '"second"');
  await main.land("Say something else");
  writeFacts(main, 2);
  const { status, stderr } = await main.slipway("synth");
  expect(status).toBe(1);
  expect(stderr.match(/rule {3}release-facts/g)).toHaveLength(frozen.length);
  expect(stderr).toContain("npm run slipway -- release refresh-facts garden");
});

test("a dry run names the releases and writes nothing", async () => {
  const before = main.git("status", "--porcelain");
  const { status, stdout, stderr } = await main.slipway("release", "refresh-facts", "garden", "--dry-run");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const owner of frozen) expect(stdout).toContain(`${owner} on garden`);
  expect(main.git("status", "--porcelain")).toBe(before);
});

test("then every frozen release has the certificate, and nothing else of main", async () => {
  const before = frozen.map(release);
  const { status, stderr } = await main.slipway(
    "release",
    "refresh-facts",
    "garden",
    "--why",
    "it was renewed",
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  await main.land("Renew the certificate");
  for (const [index, owner] of frozen.entries()) {
    expect(ingress(owner)).toContain(certificate(2));
    expect(main.read(`${slice(owner)}/ConfigMap.settings.yaml`)).toContain("MOTTO: first");
    const { revision, images } = before[index];
    expect(release(owner)).toMatchObject({ revision, images, kind: "facts", why: "it was renewed" });
  }
  expect(main.git("show", "--format=", "--name-only", "HEAD", "--", "dist").split("\n")).toEqual(
    [...frozen, "shop-dev", "cart-dev"].map((owner) => `${slice(owner)}/Ingress.web.yaml`).toSorted(),
  );
}, 120_000);

test("another clone reproduces it, tells its kind, and has nothing to refresh", async () => {
  const other = repos.clone("other");
  const reproduced = await other.slipway("reproduce");
  expect(reproduced).toMatchObject({ status: 0, stderr: "" });
  expect(reproduced.stdout.match(/the same bytes/g)).toHaveLength(frozen.length);
  expect((await other.slipway("history", "shop", "prod")).stdout).toMatch(/ facts .* it was renewed/);
  const again = await other.slipway("release", "refresh-facts", "garden");
  expect(again.stdout).toBe(`every release on garden holds what ${factsFile} says\n`);
  expect(other.git("status", "--porcelain")).toBe("");
}, 120_000);

test("a clone that does not have the facts any more says which they were, and where they come from", async () => {
  const path = "apps/shop/releases/prod.json";
  const parsed = parseRelease("shop", "prod", main.read(path));
  const known = "value" in parsed ? parsed.value : undefined;
  if (known?.frozen === undefined) throw new Error(`${path} is not frozen`);
  const other = repos.clone("poor");
  const lost = { ...known.frozen, facts: { garden: "0".repeat(40) } };
  other.write(path, releaseText({ ...known, frozen: lost }));
  const { status, stderr } = await other.slipway("reproduce", "shop", "prod");
  expect(status).toBe(1);
  expect(stderr).toContain(
    "the facts that it was rendered with (000000000000, once clusters/facts/garden.json) are not in this clone",
  );
});

test("killed between the slices and the releases, it goes on when it is run again", async () => {
  writeFacts(main, 3);
  expect((await main.slipway("release", "refresh-facts", "garden")).status).toBe(0);
  main.git("checkout", "--quiet", "--", "apps/shop/releases");
  expect((await main.slipway("synth")).stderr).toContain("release-frozen");
  const { status, stdout } = await main.slipway("release", "refresh-facts", "garden");
  expect(status).toBe(0);
  expect(stdout.match(/ on garden: /g)).toHaveLength(2);
  await main.land("Renew it once more");
  expect(frozen.map(ingress).every((text) => text.includes(certificate(3)))).toBe(true);
}, 120_000);

test("a slice that was edited by hand is not written over", async () => {
  writeFacts(main, 4);
  main.write(`${slice("shop-prod")}/Ingress.web.yaml`, `${ingress("shop-prod")}# mine\n`);
  const { status, stderr } = await main.slipway("release", "refresh-facts", "garden");
  expect(status).toBe(1);
  expect(stderr).toContain("slice shop-prod is not what its release is frozen at");
  expect(ingress("shop-prod")).toContain("# mine");
  main.git("checkout", "--quiet", "--", ".");
}, 60_000);

test("promotions of older revisions take the facts of now with them", async () => {
  await promote("dev", "staging");
  await promote("staging", "prod");
  expect(main.read(`${slice("shop-prod")}/ConfigMap.settings.yaml`)).toContain("MOTTO: second");
  const { revision } = release("shop-prod");
  writeFacts(main, 5);
  expect((await main.slipway("release", "refresh-facts", "garden")).status).toBe(0);
  await main.land("Renew it again");
  main.edit("apps/shop/app.ts", '"second"', '"third"');
  await main.land("Say a third thing");
  await promote("dev", "staging");
  expect(release("shop-staging").facts).toBeUndefined();
  expect(release("shop-prod")).toMatchObject({ revision, kind: "facts" });
}, 240_000);

test("a rollback goes past releases that only took up facts, to the revision before, with the facts of now", async () => {
  const { status, stdout, stderr } = await main.slipway("rollback", "shop", "prod", "--json");
  expect(status, stderr).toBe(0);
  main.merge(JSON.parse(stdout).branch);
  expect(main.read(`${slice("shop-prod")}/ConfigMap.settings.yaml`)).toContain("MOTTO: first");
  expect(ingress("shop-prod")).toContain(certificate(5));
  expect((await main.slipway("synth", "--check")).status).toBe(0);
  expect((await main.slipway("reproduce", "shop", "prod")).status).toBe(0);
}, 120_000);
