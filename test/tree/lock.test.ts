import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { execFileSync, spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { applyPlan, readTree, recover } from "../../scripts/tree/tree.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { contents, newRoot, problemsOf, spec, startWriter, treeAt, work } from "./trees.ts";
import { twoTrees } from "./two-trees.ts";

const one = [spec("a.yaml")];

function apply(root: string): void {
  applyPlan(root, planTree(one, readTree(root)));
}

function leaveLock(root: string, holder: { pid: number; started?: string; host?: string }): void {
  mkdirSync(work(root).folder, { recursive: true });
  const lock = {
    started: "1",
    host: hostname(),
    since: "2026-01-01T00:00:00.000Z",
    token: randomUUID(),
    ...holder,
  };
  writeFileSync(work(root).lock, JSON.stringify(lock));
}

function deadPid(): number {
  return spawnSync("true").pid;
}

describe("the lock", () => {
  test("makes a second writer, and a second command, fail with the name of the first", async () => {
    const root = newRoot();
    const writer = startWriter(["apply", root, "a", "hold", "tree built"]);
    await writer.said;
    for (const attempt of [() => apply(root), () => recover(root)]) {
      const [problem] = problemsOf(attempt);
      expect(problem).toMatchObject({ rule: "tree-locked" });
      expect(problem?.what).toContain(`process ${writer.process.pid} on ${hostname()}`);
      expect(problem?.fix).toContain(work(root).lock);
    }
    writeFileSync(`${root}.go`, "");
    expect(await writer.ended).toMatchObject({ code: 0 });
    expect(treeAt(root)).toEqual(contents(twoTrees.a));
    expect(existsSync(work(root).lock)).toBe(false);
  });

  test("is waited for, and a second writer that wants the same is content", async () => {
    const root = newRoot();
    const plan = planTree(twoTrees.a, readTree(root));
    const writer = startWriter(["apply", root, "a", "pause", "locked"]);
    await writer.said;
    applyPlan(root, plan);
    expect(treeAt(root)).toEqual(contents(twoTrees.a));
    expect(await writer.ended).toMatchObject({ code: 0 });
  });

  test("that is a pipe is a problem, and nobody waits for what comes out of it", () => {
    const root = newRoot();
    mkdirSync(work(root).folder, { recursive: true });
    execFileSync("mkfifo", [work(root).lock]);
    expect(problemsOf(() => apply(root))[0]?.fix).toContain(`remove ${work(root).lock}`);
  });

  test("is taken over from a process that is gone", () => {
    const root = newRoot();
    leaveLock(root, { pid: deadPid() });
    apply(root);
    expect(treeAt(root)).toEqual(contents(one));
    expect(readdirSync(work(root).folder)).toEqual([]);
  });

  test.runIf(process.platform === "linux")(
    "is taken over from a process whose pid another one has now",
    () => {
      const root = newRoot();
      leaveLock(root, { pid: process.pid, started: "1" });
      apply(root);
      expect(treeAt(root)).toEqual(contents(one));
    },
  );

  test("is respected when its host cannot be asked, or it cannot be read", () => {
    const root = newRoot();
    leaveLock(root, { pid: deadPid(), host: "another-host" });
    expect(problemsOf(() => apply(root))[0]?.what).toContain("on another-host");
    writeFileSync(work(root).lock, "");
    expect(problemsOf(() => apply(root))[0]?.fix).toContain(`remove ${work(root).lock}`);
    expect(readFileSync(work(root).lock, "utf8")).toBe("");
    rmSync(work(root).lock);
    symlinkSync("nowhere", work(root).lock);
    expect(problemsOf(() => apply(root))[0]?.fix).toContain(`remove ${work(root).lock}`);
  });

  test("is held by one at a time, however many take it over from the dead", { timeout: 60_000 }, async () => {
    const root = newRoot();
    leaveLock(root, { pid: deadPid() });
    const writers = Array.from({ length: 12 }, () => startWriter(["die-locked", root]));
    const ends = await Promise.all(writers.map((writer) => writer.ended));
    expect(ends.filter((end) => end.signal !== "SIGKILL")).toEqual([]);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "is released on %s, which ends the process after the swap",
    async (signal) => {
      const root = newRoot();
      const writer = startWriter(["apply", root, "a", "pause", "current moved away"]);
      await writer.said;
      writer.process.kill(signal);
      expect(await writer.ended).toMatchObject({ signal });
      expect(treeAt(root)).toEqual(contents(twoTrees.a));
      expect(readdirSync(work(root).folder)).toEqual([]);
    },
  );
});
