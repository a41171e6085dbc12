import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { readTree } from "../../scripts/tree/tree.ts";
import { copyRepository } from "../commands/slipway.ts";

const copy = copyRepository();
const dist = join(copy.root, "dist");
const outside = join(copy.root, "outside");
const folder = "local/foundation/priority-classes";
const path = `${folder}/PriorityClass.platform-critical.yaml`;
const file = join(dist, path);
let right: ReadonlyMap<string, string> = new Map();

const onLocal = (...more: readonly string[]) => copy.slipway("synth", "--cluster", "local", ...more);

beforeAll(async () => {
  expect((await onLocal()).status).toBe(0);
  right = readTree(dist);
  mkdirSync(outside);
}, 30_000);

afterEach(async () => {
  rmSync(outside, { recursive: true });
  mkdirSync(outside);
  expect((await onLocal()).status).toBe(0);
  expect(readTree(dist)).toEqual(right);
});

describe("something in the place of a file", () => {
  test("an empty folder is told as the missing file, and synth puts the file there", async () => {
    rmSync(file);
    mkdirSync(file);
    const { status, stderr } = await onLocal("--check");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
    expect(stderr).toContain(`dist/${path} of priority-classes is missing from dist`);
  });

  const inTheWay: readonly { readonly what: string; readonly at: string; readonly put: () => void }[] = [
    {
      what: "a folder with a file of somebody's",
      at: `${path}/mine`,
      put: () => {
        rmSync(file);
        mkdirSync(file);
        writeFileSync(join(file, "mine"), "mine\n");
      },
    },
    {
      what: "a link to a file outside, which holds what ours would",
      at: path,
      put: () => {
        renameSync(file, join(outside, basename(file)));
        symlinkSync(join(outside, basename(file)), file);
      },
    },
    {
      what: "a link to a folder outside, in place of a folder of ours",
      at: folder,
      put: () => {
        renameSync(dirname(file), join(outside, "classes"));
        symlinkSync(join(outside, "classes"), dirname(file));
      },
    },
    {
      what: "a file that lost its first line",
      at: path,
      put: () => writeFileSync(file, "apiVersion: v1\n"),
    },
  ];
  test.each(inTheWay)("$what is told and left alone: synth does not guess", async ({ at, put }) => {
    put();
    const found = { dist: readTree(dist), outside: readTree(outside) };
    // It is not only that dist differs: nothing can be written until a person has decided.
    for (const { status, stdout, stderr } of await Promise.all([onLocal("--check"), onLocal()])) {
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/^platform\/priority-classes\.ts$/m);
      expect(stderr).toContain(`but dist/${at} is there and Slipway did not write it`);
      expect(stderr).toContain(`fix    move dist/${at} out of dist, or remove it`);
    }
    expect({ dist: readTree(dist), outside: readTree(outside) }).toEqual(found);
    rmSync(join(dist, at), { recursive: true });
  });
});

test("a link that leads out of dist, in nobody's way, is told and never followed", async () => {
  writeFileSync(join(outside, "kept"), "# slipway: nobody, from nowhere\n");
  const link = join(dist, "local/elsewhere");
  symlinkSync(outside, link);
  const { status, stderr } = await onLocal("--check");
  expect(status).toBe(2);
  expect(stderr).toContain("dist/local/elsewhere is in dist, but Slipway did not write it");
  rmSync(file);
  expect((await onLocal()).stdout).toContain("dist/local/elsewhere is not Slipway's; it is left alone");
  expect([...readTree(outside).keys()]).toEqual(["kept"]);
  rmSync(link);
});

test("a folder of a cluster that left the fleet is told with what it was, and removed", async () => {
  const left = "gone/controllers/traefik/Application.traefik.yaml";
  mkdirSync(join(dist, dirname(left)), { recursive: true });
  writeFileSync(
    join(dist, left),
    "# slipway: traefik, from platform/traefik.ts. Do not edit\nkind: Application\n",
  );
  const { status, stderr } = await onLocal("--check");
  expect(status).toBe(2);
  expect(stderr).toContain(`dist/${left} is left over`);
  expect(stderr).toContain("it was traefik, from platform/traefik.ts");
  expect((await onLocal()).status).toBe(0);
  expect(existsSync(join(dist, "gone"))).toBe(false);
});

test.each([
  { what: "a link", put: () => symlinkSync(outside, dist) },
  { what: "a file", put: () => writeFileSync(dist, "") },
])("$what in place of dist itself is refused", async ({ put }) => {
  const aside = join(copy.root, "aside");
  renameSync(dist, aside);
  put();
  const { status, stderr } = await onLocal();
  expect(status).toBe(1);
  expect(stderr).toContain("dist is not a folder");
  expect(readdirSync(outside)).toEqual([]);
  rmSync(dist);
  renameSync(aside, dist);
});
