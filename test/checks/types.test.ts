import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "test/invalid/types");
const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));

/** `line: code` of every error, by file. */
let found = new Map<string, readonly string[]>();
const work = mkdtempSync(join(tmpdir(), "slipway-types-"));

beforeAll(() => {
  const config = join(work, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: { typeRoots: [join(root, "node_modules/@types")] },
      include: [folder],
      exclude: [],
    }),
  );
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "--project", config, "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  const errors = [...stdout.matchAll(/^(\S+\.ts)\((\d+),\d+\): error (TS\d+):/gm)];
  found = new Map(
    [...Map.groupBy(errors, ([, path = ""]) => relative(folder, join(folder, path)))].map(([path, each]) => [
      path,
      each.map(([, , line, code]) => `${line}: ${code}`),
    ]),
  );
}, 120_000);

afterAll(() => {
  rmSync(work, { recursive: true });
});

describe("does not compile:", () => {
  test.each(names)("%s", (name) => {
    expect(found.get(name)).toEqual(expectedErrors(name));
  });

  test("nothing besides these files", () => {
    expect([...found.keys()].toSorted()).toEqual(names.toSorted());
  });
});

/** A comment `// error: TS…` speaks of the line below it. */
function expectedErrors(name: string): readonly string[] {
  return readFileSync(join(folder, name), "utf8")
    .split("\n")
    .flatMap((text, index) => {
      const code = /^\s*\/\/ error: (TS\d+)$/.exec(text)?.[1];
      return code === undefined ? [] : [`${index + 2}: ${code}`];
    });
}
