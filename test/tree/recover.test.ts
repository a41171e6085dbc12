import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { writeJournal } from "../../scripts/tree/journal.ts";
import { applyPlan, readTree, recover, refuseInterrupted } from "../../scripts/tree/tree.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { newRoot, problemsOf, put, spec, treeAt, work } from "./trees.ts";

function rootWith(body: string): string {
  const root = newRoot();
  applyPlan(root, planTree([spec("a.yaml", body)], readTree(root)));
  return root;
}

describe("recover", () => {
  test("does nothing, and makes nothing, where nothing was interrupted", () => {
    const root = newRoot();
    expect(recover(root)).toBe("clean");
    expect(existsSync(work(root).folder)).toBe(false);
  });

  test("restores the previous tree if it is the only one", () => {
    const root = rootWith("old\n");
    const before = treeAt(root);
    writeJournal(work(root), [root]);
    renameSync(root, work(root).previous);
    expect(recover(root)).toBe("undone");
    expect(treeAt(root)).toEqual(before);
  });

  test("finishes with the next tree, which is only there once complete, if there is no current one", () => {
    const root = rootWith("old\n");
    cpSync(root, work(root).next, { recursive: true });
    put(work(root).next, "a.yaml", "new\n");
    writeJournal(work(root), [work(root).next, root]);
    renameSync(root, work(root).previous);
    expect(recover(root)).toBe("finished");
    expect(treeAt(root)).toEqual({ "a.yaml": "new\n" });
    expect(existsSync(work(root).previous)).toBe(false);
  });

  test.each(["next", "previous"] as const)("makes no tree of a %s that no swap left", (name) => {
    const root = rootWith("old\n");
    writeJournal(work(root), [root]);
    renameSync(root, `${root}-gone`);
    put(work(root)[name], "a.yaml", "planted\n");
    expect(problemsOf(() => recover(root))).toMatchObject([
      { rule: "tree-access", fix: expect.stringContaining(work(root)[name]) },
    ]);
    expect(existsSync(root)).toBe(false);
  });

  test("makes no tree of a link to one", () => {
    const root = rootWith("old\n");
    writeJournal(work(root), [root]);
    renameSync(root, `${root}-gone`);
    symlinkSync(`${root}-gone`, work(root).next);
    expect(problemsOf(() => recover(root))).toMatchObject([{ rule: "tree-access" }]);
    expect(existsSync(root)).toBe(false);
  });

  test("is only asked for, with nothing changed, by a command that reads", () => {
    const root = rootWith("old\n");
    refuseInterrupted(root);
    writeJournal(work(root), [root]);
    renameSync(root, work(root).previous);
    const [problem] = problemsOf(() => refuseInterrupted(root));
    expect(problem).toMatchObject({
      rule: "tree-interrupted",
      fix: expect.stringContaining("npm run synth"),
    });
    expect(existsSync(root)).toBe(false);
    expect(readdirSync(work(root).folder).toSorted()).toEqual(["journal", "previous"]);
  });

  test("refuses a file in place of its folder", () => {
    const root = newRoot();
    writeFileSync(dirname(work(root).folder), "");
    for (const attempt of [recover, refuseInterrupted]) {
      expect(problemsOf(() => attempt(root))).toMatchObject([
        { rule: "tree-access", what: expect.stringContaining(".slipway is not a folder") },
      ]);
    }
  });

  test("takes nobody's side when the tree was restored by hand in between", () => {
    const root = rootWith("restored\n");
    mkdirSync(work(root).next);
    put(work(root).previous, "NOTES.md", "only here\n");
    const [problem] = problemsOf(() => recover(root));
    expect(problem).toMatchObject({ rule: "tree-recreated" });
    expect(problem?.fix).toContain(work(root).previous);
    expect(treeAt(work(root).previous)).toEqual({ "NOTES.md": "only here\n" });
  });
});
