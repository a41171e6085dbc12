import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import { copyRepository } from "../commands/slipway.ts";

/** Random kills; set higher by hand to look harder. */
const rounds = Number(process.env["SLIPWAY_KILLS"] ?? 6);

const copy = copyRepository();
const dist = join(copy.root, "dist");
const work = join(copy.root, ".slipway/dist");
const lock = join(work, "lock");
const foreign = "local/NOTES.md";

/** Two states of the definitions: hundreds of files name the repository. */
const urls = ["example/slipway.git", "example/elsewhere.git"] as const;
const trees: string[] = [];
let milliseconds = 0;

const treeNow = (): string => JSON.stringify([...readTree(dist)].toSorted());
/** A killed process leaves its lock, which the next one takes over, and perhaps the draft of one. */
const leftovers = (): readonly string[] => readdirSync(work).filter((name) => !name.startsWith("lock"));

function define(state: 0 | 1): void {
  const fleet = copy.read("clusters/fleet.ts");
  copy.write("clusters/fleet.ts", fleet.replace(/example\/\w+\.git/, urls[state]));
}

beforeAll(async () => {
  writeFileSync(join(dist, foreign), "by hand\n");
  for (const state of [1, 0] as const) {
    define(state);
    const started = performance.now();
    expect((await copy.slipway("synth")).status).toBe(0);
    milliseconds = performance.now() - started;
    trees[state] = treeNow();
  }
  expect(trees[0]).not.toBe(trees[1]);
}, 30_000);

/** Changes when a process takes the lock, be it over from a killed one. */
const lockNow = (): bigint | undefined => statSync(lock, { bigint: true, throwIfNoEntry: false })?.ino;

/** Starts a synth and kills it: at any moment, or soon after it began to write. */
async function kill(whileWriting: boolean): Promise<void> {
  const child = spawn(process.execPath, [join(copy.root, "scripts/cli.ts"), "synth"], { stdio: "ignore" });
  const ended = once(child, "close");
  const left = lockNow();
  if (whileWriting) {
    while (lockNow() === left && child.exitCode === null) await wait(1);
    // Writing takes about a third of a run.
    await wait((Math.random() * milliseconds) / 3);
  } else {
    await wait(Math.random() * milliseconds);
  }
  child.kill("SIGKILL");
  await ended;
}

test(`a synth killed ${rounds} times leaves the old dist or the new one, and the next repairs`, async () => {
  const seen: Record<string, number> = {};
  let current = "old";
  for (let round = 1; round <= rounds; round += 1) {
    const before = existsSync(dist) ? treeNow() : undefined;
    const state = before === trees[0] ? 1 : 0;
    define(state);
    await kill(round % 4 !== 0);
    const after = existsSync(dist) ? treeNow() : undefined;
    // For the instant between two renames there is none; the next command puts the new one there.
    if (after === undefined) current = "none yet";
    else if (after === trees[state]) current = "new";
    else current = after === before ? "old" : trees.includes(after) ? "recovered" : "a mix";
    seen[current] = (seen[current] ?? 0) + 1;
    expect(current, `round ${round}`).not.toBe("a mix");
  }
  console.log("after a kill dist is", JSON.stringify(seen));
  define(1);
  expect((await copy.slipway("synth")).status).toBe(0);
  expect(treeNow()).toBe(trees[1]);
  expect(readTree(dist).get(foreign)).toBe("by hand\n");
  expect(leftovers()).toEqual([]);
  const { stderr } = await copy.slipway("synth", "--check");
  expect(stderr).toMatch(new RegExp(`^dist/${foreign}\\n[^]*^1 problem$`, "m"));
});

test("of several synths at once each ends well, or says who was first; dist is whole", async () => {
  define(0);
  const outcomes = await Promise.all(Array.from({ length: 3 }, () => copy.slipway("synth")));
  const failed = outcomes.filter(({ status }) => status !== 0);
  expect(failed.length).toBeLessThan(outcomes.length);
  for (const { status, stderr } of failed) {
    expect(status).toBe(1);
    expect(stderr).toMatch(/process \d+ on \S+ has been writing|was changed, .* after the change/);
    expect(stderr).toMatch(/^ {4}fix {4}(?:wait until it ends, then )?run the command again/m);
    expect(stderr).not.toMatch(/^ +at /m);
  }
  expect(treeNow()).toBe(trees[0]);
  expect(leftovers()).toEqual([]);
});

test("while another process writes, synth says which, and writes nothing", async () => {
  define(1);
  mkdirSync(work, { recursive: true });
  const since = "2026-01-01T00:00:00.000Z";
  const holder = { pid: process.pid, started: "", host: hostname(), since, token: randomUUID() };
  writeFileSync(lock, JSON.stringify(holder));
  const { status, stdout, stderr } = await copy.slipway("synth");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(`process ${process.pid} on ${hostname()} has been writing ${dist} since ${since}`);
  expect(stderr).toContain("wait until it ends");
  expect(treeNow()).toBe(trees[0]);
  rmSync(lock);
  expect((await copy.slipway("synth")).status).toBe(0);
  expect(treeNow()).toBe(trees[1]);
});
