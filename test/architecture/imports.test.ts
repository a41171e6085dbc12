import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { globSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

interface Import {
  readonly from: string;
  readonly specifier: string;
}

/** The import and export-from specifiers of every source file of a room. */
function importsOf(room: string): readonly Import[] {
  return globSync(`${room}/**/*.ts`, { cwd: root }).flatMap((from) =>
    [...readFileSync(join(root, from), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
      (match) => ({
        from,
        specifier: match[1] ?? "",
      }),
    ),
  );
}

/** The room that an import leads to, or undefined for a package. */
function roomOf({ from, specifier }: Import): string | undefined {
  if (specifier === "#synth") return "synth";
  if (!specifier.startsWith(".")) return undefined;
  return relative(root, join(root, dirname(from), specifier)).split("/")[0];
}

function roomsThat(room: string): readonly string[] {
  return [...new Set(importsOf(room).flatMap((each) => roomOf(each) ?? []))].toSorted();
}

describe("imports go one way", () => {
  test("apps import synth and themselves", () => {
    expect(roomsThat("apps")).toEqual(["apps", "synth"]);
  });

  test("an app imports no other app", () => {
    const strays = importsOf("apps").filter(({ from, specifier }) => {
      if (!specifier.startsWith(".")) return false;
      const target = relative(root, join(root, dirname(from), specifier));
      return target.split("/")[1] !== from.split("/")[1];
    });
    expect(strays).toEqual([]);
  });

  test("add-ons import synth and themselves", () => {
    expect(roomsThat("platform")).toEqual(["platform", "synth"]);
  });

  test("clusters import apps, platform, synth and themselves", () => {
    expect(roomsThat("clusters")).toEqual(["apps", "clusters", "platform", "synth"]);
  });

  test("synth imports nothing but itself", () => {
    expect(roomsThat("synth")).toEqual(["synth"]);
  });

  test.each(["apps", "platform", "clusters"])("%s see synth only by its public model", (room) => {
    const strays = importsOf(room).filter((each) => roomOf(each) === "synth" && each.specifier !== "#synth");
    expect(strays).toEqual([]);
  });
});

describe("synth is pure", () => {
  test("it imports no module that has effects", () => {
    const builtIns = importsOf("synth").filter(({ specifier }) => specifier.startsWith("node:"));
    // Hashing and comparing are arithmetic.
    const pure = new Set(["node:crypto", "node:util"]);
    expect(builtIns.filter(({ specifier }) => !pure.has(specifier))).toEqual([]);
    expect(importsOf("synth").filter(({ specifier }) => specifier === "zx")).toEqual([]);
  });

  test("it reads no clock, environment, network or chance", () => {
    const impure =
      /\b(process\.|Date\.now|new Date\(\)|performance\.|fetch\(|Math\.random|setTimeout|randomUUID|randomBytes)/;
    const offenders = ["synth", "apps", "platform", "clusters"]
      .flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: root }))
      .filter((file) => impure.test(readFileSync(join(root, file), "utf8")));
    expect(offenders).toEqual([]);
  });

  test("definitions read no files and start no processes", () => {
    const effects = ["apps", "platform", "clusters"]
      .flatMap(importsOf)
      .filter(({ specifier }) => specifier.startsWith("node:"));
    expect(effects).toEqual([]);
  });
});
