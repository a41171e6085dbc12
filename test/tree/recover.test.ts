import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyPlan, readTree, recover } from "../../scripts/tree/tree.ts";
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
    renameSync(root, work(root).previous);
    expect(recover(root)).toBe("undone");
    expect(treeAt(root)).toEqual(before);
  });

  test("finishes with the next tree, which is only there once complete, if there is no current one", () => {
    const root = rootWith("old\n");
    cpSync(root, work(root).next, { recursive: true });
    put(work(root).next, "a.yaml", "new\n");
    renameSync(root, work(root).previous);
    expect(recover(root)).toBe("finished");
    expect(treeAt(root)).toEqual({ "a.yaml": "new\n" });
    expect(existsSync(work(root).previous)).toBe(false);
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
