import { existsSync, readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { applyPlan, readTree, recover } from "../../scripts/tree/tree.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { contents, newRoot, put, startWriter, treeAt, work } from "./trees.ts";
import { twoTrees } from "./two-trees.ts";

/** Random kills; set higher by hand to look harder. */
const rounds = Number(process.env["SLIPWAY_KILLS"] ?? 40);

const note = { "prod/NOTES.md": "written by hand\n" };
const a = { ...contents(twoTrees.a), ...note };
const b = { ...contents(twoTrees.b), ...note };

function whichTree(root: string): string {
  if (!existsSync(root)) return "none";
  const found = JSON.stringify(sorted(treeAt(root)));
  if (found === JSON.stringify(sorted(a))) return "a";
  return found === JSON.stringify(sorted(b)) ? "b" : "a mix";
}

function sorted(tree: Record<string, string>): [string, string][] {
  return Object.entries(tree).sort(([x], [y]) => (x < y ? -1 : 1));
}

function rootWithTreeA(): string {
  const root = newRoot();
  put(root, "prod/NOTES.md", note["prod/NOTES.md"]);
  applyPlan(root, planTree(twoTrees.a, readTree(root)));
  return root;
}

describe("a killed writer", () => {
  test(`leaves one whole tree, killed ${rounds} times at random`, { timeout: rounds * 3000 }, async () => {
    const root = rootWithTreeA();
    const seen: Record<string, number> = { a: 0, b: 0, none: 0, "a mix": 0 };
    for (let round = 0; round < rounds; round += 1) {
      const writer = startWriter(["swap", root]);
      await writer.said;
      await wait(Math.random() * 300);
      writer.process.kill("SIGKILL");
      expect(await writer.ended).toMatchObject({ signal: "SIGKILL" });

      const found = whichTree(root);
      seen[found] = (seen[found] ?? 0) + 1;
      // Every other time the next writer is the next command: it recovers, and is killed at that too.
      if (round % 2 === 0) {
        recover(root);
        expect(whichTree(root)).toMatch(/^[ab]$/);
      }
    }
    console.log("after a kill, before recovery:", JSON.stringify(seen));
    expect(seen["a mix"]).toBe(0);
    recover(root);
    expect(whichTree(root)).toMatch(/^[ab]$/);
    expect(readdirSync(work(root).folder).filter((name) => !name.startsWith("lock"))).toEqual([]);
  });

  const steps = [
    { step: "locked", before: "a", after: "a" },
    { step: "1", before: "a", after: "a" },
    { step: "2", before: "a", after: "a" },
    { step: "100", before: "a", after: "a" },
    { step: "tree built", before: "a", after: "a" },
    { step: "next ready", before: "a", after: "a" },
    { step: "current moved away", before: "none", after: "b" },
    { step: "next in place", before: "b", after: "b" },
    { step: "previous put aside", before: "b", after: "b" },
  ];
  test.each(steps)(
    "at step $step leaves $before, and $after once recovered",
    async ({ step, before, after }) => {
      const root = rootWithTreeA();
      expect(await startWriter(["apply", root, "b", "kill", step]).ended).toMatchObject({
        signal: "SIGKILL",
      });
      expect(whichTree(root)).toBe(before);
      recover(root);
      expect(whichTree(root)).toBe(after);
      expect(recover(root)).toBe("clean");

      applyPlan(root, planTree(twoTrees.b, readTree(root)));
      expect(whichTree(root)).toBe("b");
      expect(readdirSync(work(root).folder).filter((name) => name !== "lock")).toEqual([]);
    },
  );

  test("of the first tree leaves none or all of it", async () => {
    for (const [step, after] of [
      ["next ready", "all"],
      ["tree built", "none"],
    ]) {
      const root = newRoot();
      await startWriter(["apply", root, "a", "kill", step ?? ""]).ended;
      recover(root);
      expect(treeAt(root)).toEqual(after === "all" ? contents(twoTrees.a) : {});
    }
  });

  test.each(steps.slice(0, 7))(
    "that fails at step $step leaves the old tree, and nothing else",
    async ({ step }) => {
      const root = rootWithTreeA();
      expect(await startWriter(["apply", root, "b", "fail", step]).ended).toMatchObject({ code: 1 });
      expect(whichTree(root)).toBe("a");
      expect(readdirSync(work(root).folder)).toEqual([]);
    },
  );
});
