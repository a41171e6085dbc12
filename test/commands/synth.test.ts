import { mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { changeLines } from "../../scripts/output/change-lines.ts";
import { readTree } from "../../scripts/tree/tree.ts";
import { inOneProcess } from "./one-process.ts";
import { copyRepository, slipway } from "./slipway.ts";
import type { Outcome } from "./slipway.ts";

const copy = copyRepository();
/** For where the definitions are what they were at first. */
const call = inOneProcess(copy.root);
const dist = join(copy.root, "dist");
const priority = "platform/priority-classes.ts";
const priorityFile = "local/foundation/priority-classes/PriorityClass.platform-critical.yaml";

beforeAll(async () => {
  expect(await call(["synth"])).toMatchObject({ status: 0, stderr: "" });
});

const ofLocal = ["synth", "--cluster", "local"] as const;

/** Synth of one cluster, for what is the same for all. */
const local = (...options: readonly string[]): Promise<Outcome> => call([...ofLocal, ...options]);

describe("a change of a definition", () => {
  test("--check says what differs, exits with 2 and writes nothing; synth then writes it", async () => {
    const undo = copy.edit(priority, "1_000_000", "2_000_000");
    const before = readTree(dist);
    const check = await copy.slipway(...ofLocal, "--check");
    expect(check.status).toBe(2);
    expect(check.stderr).toContain(`dist/${priorityFile} of priority-classes differs`);
    expect(check.stderr).toContain("- value: 1000000");
    expect(check.stderr).toContain("+ value: 2000000");
    expect(readTree(dist)).toEqual(before);

    const synth = await copy.slipway(...ofLocal);
    expect(synth.status).toBe(0);
    expect(synth.stdout).toMatch(
      /^local +1 changed\n {2}~ local\/foundation\/priority-classes\/PriorityClass\.platform-critical\.yaml$/m,
    );
    expect(readTree(dist).get(priorityFile)).toContain("value: 2000000");
    undo();
    expect((await local()).status).toBe(0);
    expect(readTree(dist)).toEqual(before);
  });

  test("--cluster writes that cluster, and leaves the others as they were", async () => {
    const undo = copy.edit(priority, "1_000_000", "2_000_000");
    const before = readTree(dist);
    expect((await copy.slipway(...ofLocal)).status).toBe(0);
    const changed = [...readTree(dist)].filter(([path, text]) => before.get(path) !== text);
    expect(changed.map(([path]) => path)).toEqual([priorityFile]);
    undo();
    expect((await local()).status).toBe(0);
    expect(readTree(dist)).toEqual(before);
  });

  test("--json gives each cluster's paths, and nothing else on standard output", async () => {
    const undo = copy.edit(priority, "1_000_000", "2_000_000");
    const { status, stdout, stderr } = await copy.slipway(...ofLocal, "--check", "--json");
    undo();
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      clusters: [{ cluster: "local", added: [], changed: [priorityFile], removed: [] }],
      unchanged: expect.any(Number),
      foreign: [],
      seconds: expect.any(Number),
    });
  });
});

/** Synth of a cluster with an environment that follows main, whose images a release pins. */
const nonprod = (): Promise<Outcome> => call(["synth", "--cluster", "attractor-factory-nonprod"]);

/** A file in each of sixty folders. */
function everywhere(name: string): readonly string[] {
  return Array.from({ length: 60 }, (_, index) => `a/layer-${index}/x/${name}.yaml`);
}

describe("the summary", () => {
  const release = "apps/attractor-factory/releases/dev.json";

  test("a release shows the new Job, the removed one and what changed, and what to tell git", async () => {
    const undo = copy.edit(release, /"api": "[^"]*"/.exec(copy.read(release))?.[0] ?? "", '"api": "9.9.9"');
    const { stdout } = await nonprod();
    undo();
    const folder = "attractor-factory-nonprod/applications/attractor-factory-dev";
    expect(stdout).toMatch(new RegExp(`^  \\+ ${folder}/2-migrate/Job\\.factory-migrations-.*\\.yaml$`, "m"));
    expect(stdout).toMatch(new RegExp(`^  - ${folder}/2-migrate/Job\\.factory-migrations-.*\\.yaml$`, "m"));
    expect(stdout).toMatch(new RegExp(`^  ~ ${folder}/3-serve/Deployment\\.factory-api\\.yaml$`, "m"));
    expect(stdout).toMatch(/^commit them with the definitions: git add -A$/m);
    expect((await nonprod()).stdout).toContain("commit them");
    expect((await nonprod()).stdout).not.toContain("commit them");
  });

  test("a cluster that is new is counted by folder, and stays short", async () => {
    rmSync(join(dist, "local"), { recursive: true });
    const lines = (await local()).stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThan(14);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}\+ local\/foundation\/.* \(\d+ files\)$/));
  });

  test("one removed file is seen beside a hundred changed ones", () => {
    const changed = Array.from({ length: 100 }, (_, index) => `a/apps/x/${index % 3}-s/File.${index}.yaml`);
    const lines = changeLines({ added: [], changed, removed: ["a/apps/x/0-s/Job.old.yaml"] });
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines).toContain("- a/apps/x/0-s/Job.old.yaml");
    expect(lines).toContain("~ a/apps/x/1-s/ (33 files)");
  });

  test("with everything in many folders it still fits", () => {
    const files = { added: everywhere("n"), changed: everywhere("c"), removed: everywhere("o") };
    expect(changeLines(files)).toEqual(["+ a/ (60 files)", "~ a/ (60 files)", "- a/ (60 files)"]);
  });
});

describe("a hand in dist", () => {
  const path = `dist/${priorityFile}`;

  test("an edit is told with the owner and the definition to change instead, and undone by synth", async () => {
    const before = readTree(dist);
    copy.edit(path, "value: 1000000", "value: 7");
    const { status, stderr } = await local("--check");
    expect(status).toBe(2);
    expect(stderr).toContain(`${path} of priority-classes differs`);
    expect(stderr).toContain("change the definition (platform/priority-classes.ts), not the file");
    expect((await local()).status).toBe(0);
    expect(readTree(dist)).toEqual(before);
  });

  test("a missing file is told with its owner, and comes back", async () => {
    const before = readTree(dist);
    rmSync(join(copy.root, path));
    const { status, stderr } = await local("--check");
    expect(status).toBe(2);
    expect(stderr).toContain(`${path} of priority-classes is missing from dist`);
    expect((await local()).status).toBe(0);
    expect(readTree(dist)).toEqual(before);
  });

  test("a foreign file is told, and never touched", async () => {
    mkdirSync(join(dist, "local/mine"), { recursive: true });
    copy.write("dist/local/mine/notes.yaml", "a: 1\n");
    const { status, stderr } = await local("--check");
    expect(status).toBe(2);
    expect(stderr).toContain("dist/local/mine/notes.yaml is in dist, but Slipway did not write it");
    expect((await local()).status).toBe(0);
    expect(copy.read("dist/local/mine/notes.yaml")).toBe("a: 1\n");
    rmSync(join(dist, "local/mine"), { recursive: true });
  });
});

/** Compares dist, byte for byte, with what renders under these circumstances. */
function check(env: Readonly<Record<string, string>> = {}, cwd = copy.root): Promise<Outcome> {
  return slipway(["synth", "--check"], { root: copy.root, cwd, env });
}

describe("the same bytes", () => {
  const same = { status: 0, stderr: "" };

  test("on a run that starts from what is frozen, and nothing else", async () => {
    const before = readTree(dist);
    const frozen = /^# slipway: [\w-]+-(?:staging|prod), from /;
    for (const [path, content] of before) if (!frozen.test(content)) rmSync(join(dist, path));
    expect(readTree(dist).size).toBeGreaterThan(100);
    expect(await call(["synth"])).toMatchObject(same);
    expect(readTree(dist)).toEqual(before);
  });

  test("never without what is frozen: that comes from its revision, and synth says by what command", async () => {
    const before = readTree(dist);
    rmSync(dist, { recursive: true });
    const { status, stderr } = await call(["synth"]);
    expect(status).toBe(1);
    expect(stderr).toContain("npm run slipway -- reproduce attractor-factory prod --write");
    expect(readTree(dist).size).toBe(0);
    for (const [path, content] of before) {
      mkdirSync(join(dist, dirname(path)), { recursive: true });
      copy.write(`dist/${path}`, content);
    }
  });

  test("in another time zone, language and folder", async () => {
    const turkish = { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    expect(await check(turkish, join(copy.root, "scripts"))).toMatchObject(same);
    expect(await check({ TZ: "America/Adak", LANG: "C", LC_ALL: "C" }, "/")).toMatchObject(same);
  });

  test("whatever the order in which clusters, add-ons and placements are listed", async () => {
    const undo = copy.edit("clusters/fleet.ts", "export const fleet", "const original");
    copy.write(
      "clusters/fleet.ts",
      `${copy.read("clusters/fleet.ts")}
export const fleet = defineFleet({
  ...original,
  addons: original.addons.toReversed(),
  clusters: original.clusters
    .toReversed()
    .map((cluster) => ({ ...cluster, placements: cluster.placements.toReversed() })),
});
`,
    );
    const result = await check();
    undo();
    expect(result).toMatchObject(same);
  });

  test("a run that changes nothing writes nothing", async () => {
    const before = statSync(dist, { bigint: true });
    const { stdout } = await call(["synth"]);
    const after = statSync(dist, { bigint: true });
    expect(stdout).not.toMatch(/added|changed|removed/);
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });
});
