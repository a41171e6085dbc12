import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeWhole } from "../../scripts/whole-file.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-whole-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function newPath(name: string): { readonly path: string; readonly siblings: () => readonly string[] } {
  const parent = join(folder, name);
  mkdirSync(parent);
  return { path: join(parent, "file"), siblings: () => readdirSync(parent) };
}

describe("a file that is written whole", () => {
  test("takes the place of another, and has nothing beside it", () => {
    const { path, siblings } = newPath("replaced");
    for (const content of ["one", "two"]) {
      writeWhole(path, content);
      expect(readFileSync(path, "utf8")).toBe(content);
    }
    expect(siblings()).toEqual(["file"]);
  });

  test("leaves what was there, and nothing beside it, where it cannot be written", () => {
    const { path, siblings } = newPath("refused");
    mkdirSync(join(path, "kept"), { recursive: true });
    expect(() => writeWhole(path, "content")).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(siblings()).toEqual(["file"]);
    expect(readdirSync(path)).toEqual(["kept"]);
  });

  test.skipIf(process.platform === "win32")("is for its owner alone from the first byte if need be", () => {
    const { path } = newPath("private");
    writeWhole(path, "open");
    writeWhole(path, "secret", 0o600);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
