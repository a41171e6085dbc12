import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releaseText } from "../../../synth/release/release-text.ts";
import { slipway } from "../../commands/slipway.ts";
import type { Outcome } from "../../commands/slipway.ts";
import { fakeForge } from "../../promotion/fake-forge.ts";
import { build } from "../../promotion/fleet-source.ts";
import { repositories } from "../../promotion/repository.ts";
import type { Clone, Repositories } from "../../promotion/repository.ts";

let repos: Repositories;
let main: Clone;
beforeAll(async () => {
  repos = await repositories();
  main = repos.main;
  main.merge((await promoted("dev", "staging")).branch);
}, 300_000);
afterAll(() => repos.remove());

interface Promoted {
  readonly branch: string;
  readonly files: readonly string[];
  readonly published: { readonly commit: string; readonly pushed: string } | null;
}

const promote = (from: string, to: string, clone = main): Promise<Outcome> =>
  clone.slipway("promote", "shop", "--from", from, "--to", to, "--json");

async function promoted(from: string, to: string, clone = main): Promise<Promoted> {
  const { status, stdout, stderr } = await promote(from, to, clone);
  expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** What a command that refuses says, as JSON. */
function problems({ status, stdout }: Outcome): string {
  expect(status).toBe(1);
  return stdout;
}

const remoteAt = (branch: string): string =>
  main.git("ls-remote", "origin", `refs/heads/${branch}`).split("\t")[0] ?? "";
const dropBranch = (branch: string): string => main.git("push", "--quiet", "origin", "--delete", branch);

describe("a promotion is refused", () => {
  test("from a work tree with changes", async () => {
    main.write("notes.txt", "mine");
    expect(problems(await promote("staging", "prod"))).toContain("changes that no commit holds: notes.txt");
    rmSync(join(main.root, "notes.txt"));
  });

  test("from a clone that is behind, when main has moved underneath", async () => {
    const behind = repos.clone("behind");
    main.edit("apps/shop/app.ts", '"first"', '"second"');
    await main.land("Say something else");
    expect(problems(await promote("dev", "staging", behind))).toContain(
      "git switch main && git pull --ff-only",
    );
    behind.pull();
    const { branch } = await promoted("dev", "staging", behind);
    main.merge(branch);
  }, 300_000);

  test("past a step", async () => {
    expect(problems(await promote("dev", "prod"))).toContain("dev → prod skips staging");
  });

  test("of an app that is called differently, with the name that was meant", async () => {
    const outcome = await main.slipway("promote", "shap", "--from", "dev", "--to", "staging");
    expect(outcome.stderr).toContain("did you mean shop?");
  });
});

describe("a branch that is there", () => {
  test("with the same commit is not pushed again", async () => {
    const first = await promoted("staging", "prod");
    const again = await promoted("staging", "prod");
    expect(again.published).toMatchObject({ commit: first.published?.commit, pushed: "already" });
  }, 300_000);

  test("from an older main is rendered again on the new one, by the same author at the same time", async () => {
    const first = await promoted("staging", "prod");
    main.edit("apps/shop/app.ts", '"second"', '"third"');
    await main.land("Say a third thing");
    const again = await promoted("staging", "prod", repos.clone("elsewhere"));
    expect(again.published?.pushed).toBe("pushed");
    expect(again.published?.commit).toBe(remoteAt(first.branch));
    main.git("fetch", "--quiet", "origin", first.branch);
    expect(main.git("rev-parse", "FETCH_HEAD^")).toBe(main.git("rev-parse", "HEAD"));
    expect(main.git("log", "-1", "--format=%an", "FETCH_HEAD")).toBe("Ada of main");
  }, 300_000);

  test("with somebody's own commits is left alone", async () => {
    const { branch } = await promoted("staging", "prod");
    main.git("fetch", "--quiet", "origin", branch);
    main.git("switch", "--quiet", "--detach", "FETCH_HEAD");
    main.git("commit", "--quiet", "--allow-empty", "--message", "Mine");
    main.git("push", "--quiet", "origin", `HEAD:${branch}`);
    main.git("switch", "--quiet", "main");
    const before = remoteAt(branch);
    expect(problems(await promote("staging", "prod"))).toContain(`git push origin --delete ${branch}`);
    expect(remoteAt(branch)).toBe(before);
    dropBranch(branch);
  }, 300_000);
});

describe("a forge", () => {
  test("that answers 500 leaves the branch pushed, and the next run opens the pull request", async () => {
    const fake = fakeForge(join(repos.folder, "forge"));
    const env = { PATH: `${fake.path}:${process.env["PATH"] ?? ""}` };
    const run = (): Promise<Outcome> =>
      slipway(["promote", "shop", "--from", "staging", "--to", "prod", "--forge", "github", "--json"], {
        root: main.root,
        env,
      });
    fake.mood("fails");
    expect(problems(await run())).toMatch(/is pushed.*HTTP 500/);
    fake.mood("works");
    const { stdout } = await run();
    const { published, branch }: Promoted & { published: { pullRequest: unknown } } = JSON.parse(stdout);
    expect(published).toMatchObject({ pushed: "already", pullRequest: { existed: false } });
    const created = fake.calls().findLast((call) => call.includes("create")) ?? [];
    expect(created.join(" ")).toContain(`--head ${branch} --base main --title Promote shop to prod`);
    // The text tells what the cluster will do.
    expect(created.at(-1)).toContain("shop-prod");
    dropBranch(branch);
  }, 300_000);
});

describe("what was changed by hand", () => {
  beforeAll(async () => main.merge((await promoted("staging", "prod")).branch), 300_000);

  const path = "apps/shop/releases/prod.json";

  test("in a release is told by synth, and stops every promotion", async () => {
    main.edit(path, build(1), build(2));
    expect((await main.slipway("synth", "--check")).stderr).toContain("its seal does not fit");
    main.git("restore", path);
  });

  test("in a frozen slice is told by synth, and put back by reproduce", async () => {
    main.edit("dist/prod/applications/shop-prod/ConfigMap.settings.yaml", "MOTTO", "MOTO");
    const { status, stderr } = await main.slipway("synth", "--check");
    expect(status).toBe(1);
    expect(stderr).toContain("npm run slipway -- reproduce shop prod --write");
    expect((await main.slipway("reproduce", "shop", "prod")).status).toBe(2);
    expect((await main.slipway("reproduce", "shop", "prod", "--write")).status).toBe(0);
    expect(main.git("status", "--porcelain")).toBe("");
  }, 300_000);

  test("so that a revision is named that does not exist, is told by whoever needs it", async () => {
    const {
      version: _version,
      seal: _seal,
      images,
      ...frozen
    } = JSON.parse(main.read("apps/shop/releases/staging.json"));
    const text = releaseText({ images, frozen: { charts: {}, ...frozen, revision: "d".repeat(40) } });
    main.write("apps/shop/releases/staging.json", text);
    const outcome = await main.slipway("reproduce", "shop", "staging");
    main.git("restore", ".");
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain(`revision ${"d".repeat(40)} is neither in this clone nor at origin`);
  });

  test("by giving the app another name, is told before anything is lost", async () => {
    main.git("mv", "apps/shop", "apps/store");
    main.edit("apps/store/app.ts", 'name: "shop"', 'name: "store"');
    for (const cluster of ["nonprod", "prod"]) main.edit(`clusters/${cluster}.ts`, "apps/shop", "apps/store");
    const { status, stderr } = await main.slipway("synth");
    main.git("reset", "--quiet", "--hard");
    expect(status).toBe(1);
    expect(stderr).toContain("slice store-prod is frozen at this release, and dist/prod holds no file of it");
  });
});

test("a revision with another lockfile is rendered with its own packages", async () => {
  const lock = readFileSync(join(main.root, "package-lock.json"), "utf8");
  main.write(
    "package-lock.json",
    lock.replace('"lockfileVersion"', '"x-comment": "another",\n  "lockfileVersion"'),
  );
  await main.land("Lock differently");
  const { status, stdout, stderr } = await main.slipway("reproduce", "shop", "prod");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("the same bytes");
  expect(readdirSync(join(main.root, ".slipway/modules"))).toHaveLength(1);
}, 600_000);
