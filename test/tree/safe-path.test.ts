import { describe, expect, test } from "vitest";
import { relative, resolve, win32 } from "node:path";
import { checkPaths } from "../../synth/layout/safe-path.ts";
import { spec } from "./trees.ts";

describe("a path", () => {
  test.each([
    ["/etc/passwd", "is absolute"],
    ["C:/a", "is absolute"],
    ["../a", '".."'],
    ["a/../../b", '".."'],
    ["a/./b", '"."'],
    ["", "empty segment"],
    ["a//b", "empty segment"],
    ["a/", "empty segment"],
    ["a\\b", "backslash"],
    ["a\0b", "control character"],
    ["a\nb", "control character"],
    ["a/\uD800", "control character"],
    ["ClusterRole.system:node.yaml", "Windows cannot check out"],
    ["a/.git/config", ".git"],
    [`a/${"é".repeat(128)}`, "255 bytes"],
    ["a/NUL.yaml/b", "device on Windows"],
    ["com1", "device on Windows"],
    ["a./b", "ends in a dot"],
    ["a/b ", "ends in a dot or a space"],
  ])("%j is refused because it %s", (path, why) => {
    const [problem, ...others] = checkPaths([spec(path)]);
    expect(problem).toMatchObject({ rule: "unsafe-path", at: { definition: "apps/shop/app.ts" } });
    expect(problem?.what).toContain(why);
    expect(others).toEqual([]);
  });

  test.each([
    "a",
    "prod/apps/shop/Deployment.api.yaml",
    `a/${"x".repeat(255)}`,
    "console/comet.yaml",
    ".a/..b",
    "é/日本",
  ])("%j is fine", (path) => expect(checkPaths([spec(path)])).toEqual([]));

  test("that is let through stays below its root, on Linux and on Windows", () => {
    const parts = [
      "a",
      "B",
      "..",
      ".",
      "",
      "/",
      "\\",
      "C:",
      "nul",
      "x.",
      " ",
      "\0",
      "...",
      "é",
      "/..",
      "//",
      ":",
      "~",
    ];
    for (let seed = 1; seed < 20_000; seed += 1) {
      let state = seed;
      const pick = (): number => (state = (state * 48_271) % 2_147_483_647);
      const path = Array.from({ length: 1 + (pick() % 5) }, () => parts[pick() % parts.length]).join(
        pick() % 2 ? "/" : "",
      );
      if (checkPaths([spec(path)]).length > 0) continue;
      expect(relative("/root", resolve("/root", path))).toBe(path);
      const onWindows = win32.relative("C:\\root", win32.resolve("C:\\root", path));
      expect(onWindows.replaceAll("\\", "/")).toBe(path);
    }
  });
});

describe("two paths", () => {
  const collisions = [
    ["a/b.yaml", "a/b.yaml", "dist/a/b.yaml"],
    ["a/b.yaml", "a/B.yaml", "dist/a/b.yaml and dist/a/B.yaml, which are the same path on macOS and Windows"],
    ["a/b.yaml", "A/c.yaml", "dist/a and dist/A, which are the same path on macOS and Windows"],
    [
      "caf\u00E9",
      "cafe\u0301",
      "dist/caf\u00E9 and dist/cafe\u0301, which are the same path on macOS and Windows",
    ],
    ["a", "a/b", "dist/a, one as a file and the other as a folder"],
    ["a/b/c", "a/b", "dist/a/b, one as a file and the other as a folder"],
  ];
  test.each(collisions)(
    "%s and %s are a problem that names both owners",
    (first = "", second = "", what = "") => {
      const other = { ...spec(second, "", "cart-prod"), definition: "apps/cart/app.ts" };
      expect(checkPaths([spec(first), other])).toEqual([
        {
          rule: "path-collision",
          at: { definition: "apps/cart/app.ts", cluster: "prod" },
          what: `shop-prod (apps/shop/app.ts) and cart-prod (apps/cart/app.ts) both want ${what}`,
          fix: "rename one of the two objects, or keep only one of them",
        },
      ]);
    },
  );

  test("that only share their beginning are fine", () => {
    expect(checkPaths([spec("a/b"), spec("a/bc"), spec("a/c/d"), spec("ab")])).toEqual([]);
  });
});
