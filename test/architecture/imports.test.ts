import { globSync } from "node:fs";
import { isBuiltin } from "node:module";
import { describe, expect, test } from "vitest";
import { circles, codeOf, importsOf, root } from "./import-graph.ts";
import type { Import } from "./import-graph.ts";

/** The room that an import leads to, or undefined for a package. */
function roomOf({ to }: Import): string | undefined {
  return to?.split("/")[0];
}

function roomsThat(room: string): readonly string[] {
  return [...new Set(importsOf(room).flatMap((each) => roomOf(each) ?? []))].toSorted();
}

describe("imports go one way", () => {
  test("apps import synth and themselves", () => {
    expect(roomsThat("apps")).toEqual(["apps", "synth"]);
  });

  test("an app imports no other app", () => {
    const strays = importsOf("apps").filter(
      ({ from, specifier, to }) => specifier.startsWith(".") && to?.split("/")[1] !== from.split("/")[1],
    );
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

/** Rooms of synth, each above those that it may import; rooms of one line do not see each other. */
const floors: readonly (readonly string[])[] = [
  ["objects"],
  ["model"],
  ["release"],
  ["schemas", "kubernetes", "observability"],
  ["resolve"],
  ["render"],
  ["charts", "reconciler"],
  ["argocd", "flux", "aws"],
  ["checks", "layout"],
  ["plan", "changes"],
  ["gates"],
];

function roomIn(file: string): string {
  return file.split("/")[1] ?? "";
}

function floorOf(file: string): number {
  return floors.findIndex((rooms) => rooms.includes(roomIn(file)));
}

describe("inside synth", () => {
  test("every room has its floor", () => {
    const rooms = globSync("synth/*/", { cwd: root }).map((path) => roomIn(path.replaceAll("\\", "/")));
    expect(rooms.toSorted()).toEqual(floors.flat().toSorted());
  });

  test("a room imports itself and those below it", () => {
    const strays = importsOf("synth/*").filter(
      ({ from, to }) => to !== undefined && roomIn(from) !== roomIn(to) && floorOf(to) >= floorOf(from),
    );
    expect(strays).toEqual([]);
  });

  test("no room imports what joins the rooms", () => {
    const strays = importsOf("synth/*").filter(({ to }) => to !== undefined && floorOf(to) === -1);
    expect(strays).toEqual([]);
  });
});

describe("imports go in no circle, types included", () => {
  test("in the sources", () => {
    expect(circles(["apps", "clusters", "platform", "scripts", "synth"].flatMap(importsOf))).toEqual([]);
  });

  test("a circle would be found, however long", () => {
    const line = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "a", to: "c" },
    ];
    expect(circles(line)).toEqual([]);
    expect(circles([...line, { from: "c", to: "a" }])).toContain("a → b → c → a");
    expect(circles([{ from: "a", to: "a" }])).toEqual(["a → a"]);
  });
});

describe("synth is pure", () => {
  test("it imports no module that has effects", () => {
    const builtIns = importsOf("synth").filter(({ specifier }) => isBuiltin(specifier));
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
      .filter((file) => impure.test(codeOf(file)));
    expect(offenders).toEqual([]);
  });

  test("definitions read no files and start no processes", () => {
    const effects = ["apps", "platform", "clusters"]
      .flatMap(importsOf)
      .filter(({ specifier }) => isBuiltin(specifier));
    expect(effects).toEqual([]);
  });
});
