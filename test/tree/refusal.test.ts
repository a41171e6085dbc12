import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyPlan, readTree } from "../../scripts/tree/tree.ts";
import { planTree } from "../../synth/plan/plan.ts";
import { contents, newRoot, problemsOf, put, spec, startWriter, treeAt, work } from "./trees.ts";
import { twoTrees } from "./two-trees.ts";

const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const nobody = 65_534;

function rootWithTreeA(): string {
  const root = newRoot();
  applyPlan(root, planTree(twoTrees.a, readTree(root)));
  return root;
}

describe("a file system that refuses", () => {
  test("because a file would be too large: the old tree stays, the half-made one goes", async () => {
    const root = newRoot();
    put(root, "a.yaml", "# slipway: old\n");
    // 1 KiB blocks in bash, 512 bytes elsewhere: below any of the files.
    const { code, output } = await startWriter(["apply", root, "b"], {}, "ulimit -f 0 &&").ended;
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("ulimit -f") });
    expect(output).not.toContain("    at ");
    expect(treeAt(root)).toEqual({ "a.yaml": "# slipway: old\n" });
  });

  test.runIf(canMount)("because the disk is full: the old tree stays, the half-made one goes", async () => {
    const root = newRoot();
    mkdirSync(root);
    const folder = dirname(root);
    // Tree a fits, and the 110 files of tree b that differ do not; the writer's own words come last.
    const script = [
      `mount -t tmpfs -o size=1400k,nr_inodes=4000 none ${folder}`,
      `mkdir ${root}`,
      `"$@" apply ${root} a`,
      `find ${root} -type f | sort | xargs sha256sum > /tmp/before.$$`,
      `"$@" apply ${root} b; echo "exit $?"`,
      `find ${root} -type f | sort | xargs sha256sum | cmp - /tmp/before.$$ && echo same`,
      `rm /tmp/before.$$; ls -A ${work(root).folder} | wc -l`,
    ].join("\n");
    const writer = [process.execPath, join(import.meta.dirname, "writer.ts")];
    const output = execFileSync("unshare", ["-rm", "bash", "-c", script, "bash", ...writer], {
      encoding: "utf8",
    });
    expect(output).toMatch(/ENOSPC.*make room on the disk/s);
    expect(output.trimEnd().split("\n").slice(-2)).toEqual(["same", "0"]);
    expect(output).toMatch(/exit 1\n/);
  });

  test.each([".", "dist"])(
    "because %s is read-only: the tree stays as it was, and it says so",
    async (path) => {
      const root = rootWithTreeA();
      const folder = dirname(root);
      const asRoot = process.getuid?.() === 0;
      if (asRoot) execFileSync("chown", ["-R", `${nobody}:${nobody}`, folder]);
      const before = treeAt(root);
      chmodSync(join(folder, path), 0o555);
      if (path === "." && existsSync(work(root).folder)) chmodSync(work(root).folder, 0o555);
      const { code, output } = await startWriter(
        ["apply", root, "b"],
        asRoot ? { uid: nobody, gid: nobody } : {},
      ).ended;
      expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("EACCES") });
      expect(output).toContain("write permission");
      expect(treeAt(root)).toEqual(before);
      chmodSync(join(folder, path), 0o755);
      if (asRoot) chownSync(folder, 0, 0);
    },
  );
});

describe("a link", () => {
  test("inside dist is foreign, never followed and never written through", () => {
    const root = newRoot();
    const outside = join(dirname(root), "outside");
    put(outside, "a.yaml", spec("a.yaml").content);
    mkdirSync(root);
    symlinkSync(outside, join(root, "prod"));
    expect([...readTree(root).keys()]).toEqual(["prod"]);
    for (const path of ["prod/a.yaml", "prod/b.yaml", "prod", "Prod/c/d.yaml"]) {
      expect(
        problemsOf(() => applyPlan(root, planTree([spec(path, "evil\n")], readTree(root)))),
      ).toMatchObject([{ rule: "foreign-file", what: expect.stringContaining("dist/prod is there") }]);
    }
    applyPlan(root, planTree([spec("other/a.yaml")], readTree(root)));
    expect(treeAt(outside)).toEqual(contents([spec("a.yaml")]));
  });

  test("whose target reads like our first line is still foreign", () => {
    const root = newRoot();
    mkdirSync(root);
    symlinkSync("# slipway: shop", join(root, "a.yaml"));
    expect(planTree([], readTree(root))).toMatchObject({ foreign: ["a.yaml"], removed: [] });
  });

  test.each([
    "dist",
    ".slipway",
    ".slipway/dist",
    ".slipway/dist/next",
    ".slipway/dist/scratch",
    ".slipway/dist/lock",
  ])("in place of %s sends nothing outside", (path) => {
    const root = newRoot();
    const outside = join(dirname(root), "outside");
    put(outside, "kept", "kept\n");
    const link = join(dirname(root), path);
    mkdirSync(dirname(link), { recursive: true });
    if (path !== "dist") mkdirSync(root);
    symlinkSync(outside, link);
    const problems = problemsOf(() => applyPlan(root, planTree([spec("a.yaml")], new Map())));
    if (!path.endsWith("/next")) expect(problems).toHaveLength(1);
    expect(treeAt(outside)).toEqual({ kept: "kept\n" });
    expect(readdirSync(outside)).toEqual(["kept"]);
  });
});
