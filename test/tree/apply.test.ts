import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyPlan, readTree } from "../../scripts/tree/tree.ts";
import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { contents, newRoot, problemsOf, put, spec, textAt, treeAt, work } from "./trees.ts";

function apply(root: string, files: readonly FileSpec[]): void {
  applyPlan(root, planTree(files, readTree(root)));
}

describe("applying a plan", () => {
  test("writes the first tree, then makes it the second one, in every order", () => {
    const root = newRoot();
    const first = [spec("p/a.yaml", "1\n"), spec("p/b.yaml"), spec("gone/c.yaml"), spec("swap")];
    const second = [spec("p/a.yaml", "2\n"), spec("p/b.yaml"), spec("new/deep/d.yaml"), spec("swap/e.yaml")];
    apply(root, first.toReversed());
    expect(treeAt(root)).toEqual(contents(first));
    apply(root, second);
    expect(treeAt(root)).toEqual(contents(second));
    expect(readdirSync(root).sort()).toEqual(["new", "p", "swap"]);
    apply(root, first);
    expect(treeAt(root)).toEqual(contents(first));
    expect(readdirSync(work(root).folder)).toEqual([]);
  });

  test("changes nothing at all when nothing changes, not even a lock", () => {
    const root = newRoot();
    put(root, "a.yaml", spec("a.yaml").content);
    const before = lstatSync(root, { bigint: true });
    apply(root, [spec("a.yaml")]);
    const after = lstatSync(root, { bigint: true });
    expect([after.ino, after.ctimeNs]).toEqual([before.ino, before.ctimeNs]);
    expect(readdirSync(dirname(root))).toEqual(["dist"]);
  });

  test("keeps the inode and the time of unchanged files, and the modes of folders", () => {
    const root = newRoot();
    apply(root, [spec("p/same.yaml"), spec("p/other.yaml", "1\n")]);
    chmodSync(join(root, "p"), 0o700);
    const before = statSync(join(root, "p/same.yaml"), { bigint: true });
    apply(root, [spec("p/same.yaml"), spec("p/other.yaml", "2\n")]);
    const after = statSync(join(root, "p/same.yaml"), { bigint: true });
    expect([after.ino, after.mtimeNs, after.nlink]).toEqual([before.ino, before.mtimeNs, 1n]);
    expect(statSync(join(root, "p")).mode & 0o777).toBe(0o700);
  });

  test("keeps foreign files, links, empty folders and pipes as they are", () => {
    const root = newRoot();
    apply(root, [spec("p/a.yaml", "1\n"), spec("emptied/b.yaml")]);
    put(root, "p/NOTES.md", "mine\n");
    put(root, "emptied/logo.png", "\u0000\u0001");
    mkdirSync(join(root, "p/empty/folder"), { recursive: true });
    symlinkSync("nowhere", join(root, "p/link"));
    execFileSync("mkfifo", [join(root, "p/pipe")]);
    const note = statSync(join(root, "p/NOTES.md")).ino;
    apply(root, [spec("p/a.yaml", "2\n")]);
    expect(textAt(root, "p/a.yaml")).toContain("2\n");
    expect(statSync(join(root, "p/NOTES.md")).ino).toBe(note);
    expect(readdirSync(join(root, "emptied"))).toEqual(["logo.png"]);
    expect(statSync(join(root, "p/empty/folder")).isDirectory()).toBe(true);
    expect(readlinkSync(join(root, "p/link"))).toBe("nowhere");
    expect(lstatSync(join(root, "p/pipe")).isFIFO()).toBe(true);
  });

  test("lets an empty folder give way to a file", () => {
    const root = newRoot();
    mkdirSync(join(root, "p/a.yaml/empty"), { recursive: true });
    apply(root, [spec("p/a.yaml")]);
    expect(treeAt(root)).toEqual(contents([spec("p/a.yaml")]));
  });

  test("writes nothing of a blocked plan", () => {
    const root = newRoot();
    put(root, "a.yaml", "mine\n");
    const [problem] = problemsOf(() => apply(root, [spec("a.yaml"), spec("b.yaml")]));
    expect(problem).toMatchObject({ rule: "foreign-file" });
    expect(treeAt(root)).toEqual({ "a.yaml": "mine\n" });
    expect(existsSync(work(root).folder)).toBe(false);
  });

  test("refuses a plan that was made for another tree", () => {
    const root = newRoot();
    apply(root, [spec("a.yaml", "1\n")]);
    const plan = planTree([spec("a.yaml", "2\n")], readTree(root));
    put(root, "b.yaml", "edited meanwhile\n");
    const [problem] = problemsOf(() => applyPlan(root, plan));
    expect(problem).toMatchObject({ rule: "tree-outdated" });
    expect(textAt(root, "a.yaml")).toContain("1\n");
  });

  test("refuses it as well if the tree changes while the next one is built", () => {
    const root = newRoot();
    apply(root, [spec("a.yaml", "1\n"), spec("b.yaml")]);
    const plan = planTree([spec("a.yaml", "2\n"), spec("b.yaml")], readTree(root));
    const checkout = (step: string): void => {
      if (step === "tree built") put(root, "b.yaml", spec("b.yaml", "checked out\n").content);
    };
    const [problem] = problemsOf(() => applyPlan(root, plan, { onStep: checkout }));
    expect(problem).toMatchObject({ rule: "tree-outdated" });
    expect(treeAt(root)).toEqual(contents([spec("a.yaml", "1\n"), spec("b.yaml", "checked out\n")]));
    expect(readdirSync(work(root).folder)).toEqual([]);
  });

  test("takes the previous tree away whole before removing it, so that half of it is never restored", () => {
    const root = newRoot();
    apply(root, [spec("a.yaml", "1\n"), spec("b.yaml")]);
    const seen: unknown[] = [];
    applyPlan(root, planTree([spec("a.yaml", "2\n")], readTree(root)), {
      onStep: (step) => {
        if (step !== "previous put aside") return;
        const { previous, scratch } = work(root);
        seen.push(
          existsSync(previous),
          readdirSync(scratch).map((name) => readdirSync(join(scratch, name))),
        );
      },
    });
    expect(seen).toEqual([false, [["a.yaml", "b.yaml"]]]);
  });

  test("replaces a file of ours whose text is no longer UTF-8", () => {
    const root = newRoot();
    const file = spec("a.yaml", "name: caf\uFFFD\n");
    mkdirSync(root);
    execFileSync("bash", [
      "-c",
      `printf '%s\\nname: caf\\xe9\\n' "${file.content.split("\n")[0]}" > ${root}/a.yaml`,
    ]);
    apply(root, [file]);
    expect(treeAt(root)).toEqual(contents([file]));
  });
});
