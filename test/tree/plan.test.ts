import { describe, expect, test } from "vitest";
import type { FileSpec } from "../../synth/layout/file-spec.ts";
import { describeDifferences } from "../../synth/plan/differences.ts";
import { isUpToDate, planTree } from "../../synth/plan/plan.ts";
import { contents, spec } from "./trees.ts";

function disk(files: readonly FileSpec[], others: Record<string, string> = {}): Map<string, string> {
  return new Map(Object.entries({ ...others, ...contents(files) }));
}

describe("planning a tree", () => {
  const files = [spec("b.yaml", "new\n"), spec("a.yaml"), spec("c/d.yaml")];
  const current = disk([spec("b.yaml", "old\n"), spec("c/d.yaml"), spec("z.yaml"), spec("e.yaml")], {
    README: "mine\n",
  });

  test("tells added, changed, unchanged, removed and foreign files apart, sorted by path", () => {
    const plan = planTree(files, current);
    expect(plan).toMatchObject({
      added: [{ path: "a.yaml" }],
      changed: [{ file: { path: "b.yaml" }, before: spec("b.yaml", "old\n").content }],
      unchanged: 1,
      removed: [{ path: "e.yaml" }, { path: "z.yaml" }],
      foreign: ["README"],
      blocked: [],
    });
    expect(isUpToDate(plan)).toBe(false);
  });

  test("writes a file again that a power cut left blank, and leaves a blank one of somebody else alone", () => {
    const blank = disk([], { "a.yaml": "", "b.yaml": "\0\0\0", ".gitkeep": "" });
    const plan = planTree(files, blank);
    expect(plan).toMatchObject({
      added: [{ path: "c/d.yaml" }],
      changed: [{ file: { path: "a.yaml" } }, { file: { path: "b.yaml" } }],
      removed: [],
      foreign: [".gitkeep"],
      blocked: [],
    });
  });

  test("refuses a manifest of somebody else in a folder that is applied, and lets other files be", () => {
    const strange = disk([], {
      "c/evil.yaml": "kind: Secret\n",
      "c/deep/evil.yml": "a: b\n",
      "c/NOTES": "mine\n",
    });
    expect(planTree([spec("c/d.yaml")], strange).blocked).toMatchObject([
      { rule: "foreign-file", what: expect.stringContaining("dist/c/deep/evil.yml is not Slipway's") },
      { rule: "foreign-file", what: expect.stringContaining("dist/c/evil.yaml is not Slipway's") },
    ]);
  });

  test("is the same in whatever order files and disk come", () => {
    const shuffled = new Map([...current].toReversed());
    const { current: _, ...plan } = planTree(files, current);
    expect(planTree(files.toReversed(), shuffled)).toMatchObject(plan);
  });

  test("has nothing to do for what it led to", () => {
    const plan = planTree(files, disk(files, { README: "mine\n" }));
    expect(isUpToDate(plan)).toBe(true);
    expect(plan.unchanged).toBe(3);
  });

  test.each([
    ["at its path", "a/b.yaml"],
    ["in place of its folder", "a"],
    ["below it", "a/b.yaml/c"],
    ["at its path on macOS", "A/B.yaml"],
  ])("is blocked by a foreign file %s", (_, path) => {
    expect(planTree([spec("a/b.yaml")], new Map([[path, "mine\n"]])).blocked).toEqual([
      {
        rule: "foreign-file",
        at: { definition: "apps/shop/app.ts", cluster: "prod" },
        what: `shop-prod renders dist/a/b.yaml, but dist/${path} is there and Slipway did not write it`,
        fix: `move dist/${path} out of dist, or remove it`,
      },
    ]);
  });

  test("is blocked by a file that could not be told to be ours, or not be written", () => {
    const unmarked = { ...spec("a.yaml"), content: "kind: Secret\n" };
    expect(planTree([unmarked, spec("b.yaml", "\uD83D\n")], new Map()).blocked).toMatchObject([
      { rule: "unmarked-file" },
      { rule: "malformed-text" },
    ]);
  });
});

describe("describing differences", () => {
  test("names the file, its owner, its definition, the first differing line and the fix", () => {
    const current = disk([spec("b.yaml", "kind: Pod\nport: 80\r\n"), spec("gone.yaml")], {
      README: "mine\n",
    });
    const plan = planTree([spec("a.yaml"), spec("b.yaml", "kind: Pod\nport: 8080\n")], current);
    const at = { definition: "apps/shop/app.ts", cluster: "prod" };
    expect(describeDifferences(plan)).toEqual([
      {
        rule: "dist-missing",
        at,
        what: "dist/a.yaml of shop-prod is missing from dist",
        fix: "npm run synth",
      },
      {
        rule: "dist-differs",
        at,
        what: [
          "dist/b.yaml of shop-prod differs from what its definition renders",
          "  line 3 (- as it is in dist, + as it is rendered)",
          "  - port: 80\\x0d",
          "  + port: 8080",
        ].join("\n"),
        fix: "npm run synth; to keep an edit made in dist, change the definition (apps/shop/app.ts), not the file",
      },
      {
        rule: "dist-left-over",
        at: { definition: "dist/gone.yaml" },
        what: "dist/gone.yaml is left over: nothing renders it any longer (it was shop-prod from apps/shop/app.ts)",
        fix: "npm run synth",
      },
      {
        rule: "foreign-file",
        at: { definition: "dist/README" },
        what: "dist/README is in dist, but Slipway did not write it",
        fix: "move it out of dist, or remove it",
      },
    ]);
  });

  test("shows a line that only one side has", () => {
    const plan = planTree([spec("a.yaml", "1\n")], disk([spec("a.yaml", "1")]));
    expect(describeDifferences(plan)[0]?.what).toMatch(/line 3 .*\n {2}- \(no such line\)\n {2}\+ $/);
  });
});
