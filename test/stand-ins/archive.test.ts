import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { archive } from "../../scripts/stand-ins/charts/archive.ts";

const files = new Map([
  ["greeter/Chart.yaml", "name: greeter\n"],
  ["greeter/templates/größe.yaml", "x".repeat(1500)],
  ["greeter/empty", ""],
]);

test("tar reads an archive with every file as it was", () => {
  const packed = archive(files);
  const list = execFileSync("tar", ["-tzf", "-"], { input: packed, encoding: "utf8" });
  expect(list.trim().split("\n")).toHaveLength(3);
  for (const [name, text] of files) {
    const read = execFileSync("tar", ["-xzOf", "-", name], { input: packed, encoding: "utf8" });
    expect(read).toBe(text);
  }
});

test("the same files are the same bytes", () => {
  expect(archive(files).equals(archive(new Map(files)))).toBe(true);
});

test("a name that tar would cut is refused", () => {
  expect(() => archive(new Map([["a".repeat(101), ""]]))).toThrow("too long");
});
