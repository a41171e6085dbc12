import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTree } from "../../../scripts/tree/tree.ts";
import { sliceDigest, sliceFiles } from "../../../synth/release/slice-files.ts";
import { build } from "../../promotion/fleet-source.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

/** Releases to merge; fewer by hand to look quickly. */
const wanted = Number(process.env["SLIPWAY_PROMOTIONS"] ?? 200);
/** Of the order of things, so that a failure can be had again. */
const seed = Number(process.env["SLIPWAY_SEED"] ?? Date.now() % 1_000_000);
/** Seconds for each release, on a machine that does other things, too. */
const patience = 60;

const apps = ["shop", "cart"] as const;
let repos: Repositories;
let main: Clone;
let clones: readonly Clone[];
beforeAll(async () => {
  repos = await repositories({ apps });
  main = repos.main;
  clones = [repos.clone("one"), repos.clone("two")];
}, 120_000);
afterAll(() => repos.remove());

/** Mulberry32: small, and the same everywhere. */
let state = seed;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function oneOf<Item>(items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** What somebody does, as the command line takes it. */
function anything(): readonly string[] {
  const app = oneOf(apps);
  const image = `web@${build(Math.floor(random() * 1000))}`;
  return oneOf<readonly string[]>([
    ["promote", app, "--from", "dev", "--to", "staging"],
    ["promote", app, "--from", "dev", "--to", "staging"],
    ["promote", app, "--from", "staging", "--to", "prod"],
    ["promote", app, "--from", "staging", "--to", "prod"],
    ["promote", ...apps, "--from", "dev", "--to", "staging"],
    ["rollback", app, oneOf(["staging", "prod"])],
    ["hotfix", app, oneOf(["staging", "prod"]), "--image", image],
  ]);
}

/** Reasons for which a release may be refused here; any other is a fault. */
const fair =
  /has no release to fix|runs no release yet|no other release to go back to|would be a downgrade|changed by somebody else|merge it, or remove it|the work tree is not what origin\/main is/;

/** The branch that the command pushes; undefined where there is nothing to release. */
async function proposed(clone: Clone, args: readonly string[]): Promise<string | undefined> {
  clone.pull();
  const { status, stdout } = await clone.slipway(...args, "--json");
  if (status !== 0) {
    expect(stdout, args.join(" ")).toMatch(fair);
    return undefined;
  }
  const { branch, published }: { branch: string; published: unknown } = JSON.parse(stdout);
  return published === null ? undefined : branch;
}

/** Merges as a forge does: only what merges by itself. */
function merges(branch: string): boolean {
  main.git("fetch", "--quiet", "--prune", "origin");
  const args = ["merge", "--quiet", "--no-ff", "--no-edit", `origin/${branch}`];
  if (spawnSync("git", args, { cwd: main.root }).status !== 0) {
    spawnSync("git", ["merge", "--abort"], { cwd: main.root });
    return false;
  }
  main.git("push", "--quiet", "origin", "main", `:${branch}`);
  return true;
}

/** Dist holds what the releases say, of every slice. */
function expectInStep(): number {
  const dist = readTree(join(main.root, "dist"));
  const paths = globSync("apps/*/releases/*.json", { cwd: main.root });
  const frozen = paths.flatMap((path) => {
    const [, app = "", , file = ""] = path.split("/");
    const { slices }: { slices?: Record<string, string> } = JSON.parse(
      readFileSync(join(main.root, path), "utf8"),
    );
    return Object.entries(slices ?? {}).map(([cluster, digest]) => {
      const owner = `${app}-${file.replace(/\.json$/, "")}`;
      return { owner, cluster, digest, held: sliceDigest(sliceFiles(dist, cluster, owner)) };
    });
  });
  expect(frozen.filter(({ digest, held }) => digest !== held)).toEqual([]);
  return frozen.length;
}

/** Dev goes on meanwhile: another image, or another configuration. */
async function change(count: number): Promise<void> {
  const app = oneOf(apps);
  if (random() < 0.5)
    main.write(`apps/${app}/releases/dev.json`, `{ "images": { "web": "${build(count + 1000)}" } }\n`);
  else
    main.write(
      `apps/${app}/app.ts`,
      main.read(`apps/${app}/app.ts`).replace(/MOTTO: "\w+"/, `MOTTO: "m${count}"`),
    );
  await main.land(`Change ${app} ${count}`);
}

test(
  `after each of ${wanted} releases from two clones, in random order, dist is what the releases say (seed ${seed})`,
  async () => {
    let merged = 0;
    let again = 0;
    for (let round = 1; merged < wanted; round += 1) {
      if (round === 1 || random() < 0.5) await change(round);
      const wishes = clones.map((clone) => ({ clone, args: anything() }));
      const branches = await Promise.all(wishes.map(({ clone, args }) => proposed(clone, args)));
      const order = random() < 0.5 ? [0, 1] : [1, 0];
      for (const index of order) {
        const [wish, branch] = [wishes[index], branches[index]];
        if (wish === undefined || branch === undefined) continue;
        if (main.git("ls-remote", "origin", `refs/heads/${branch}`) === "") continue;
        if (!merges(branch)) {
          // Main has the other one by now: the same command renders on it, or finds that there is nothing left to do.
          again += 1;
          if ((await proposed(wish.clone, wish.args)) !== branch) continue;
          expect(merges(branch)).toBe(true);
        }
        merged += 1;
        expectInStep();
      }
      if (round % 20 !== 0) continue;
      expect(await main.slipway("synth", "--check")).toMatchObject({ status: 0 });
      console.log(`round ${round}: ${merged} of ${wanted} releases`);
    }
    // Of a few, not every environment may have had one.
    expect(expectInStep()).toBeGreaterThanOrEqual(Math.min(4, Math.ceil(wanted / 8)));
    expect(await main.slipway("synth", "--check")).toMatchObject({ status: 0 });
    console.log(`${merged} releases, of which ${again} were rendered again on a main that had moved`);
  },
  wanted * patience * 1000 + 60_000,
);
