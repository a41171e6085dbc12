import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareTrees } from "../../synth/changes/changes.ts";
import { DistTree } from "../../synth/changes/dist-tree.ts";
import type { GateInput } from "../../synth/gates/gate.ts";
import { gates } from "../../synth/gates/gates.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { clusters, distFiles } from "../changes/dist-files.ts";
import type { Fixture } from "./fixture.ts";

const root = join(import.meta.dirname, "../..");

/** Fixtures by the gate that their file is named after. */
const fixtures = new Map<string, readonly Fixture[]>();
for (const name of readdirSync(join(import.meta.dirname, "fixtures"))) {
  const module: { default: readonly Fixture[] } = await import(join(import.meta.dirname, "fixtures", name));
  fixtures.set(name.replace(/\.ts$/, ""), module.default);
}

function inputOf({ base, head, rawHead = {}, kubernetes }: Fixture): GateInput {
  const trees = [
    new DistTree(distFiles(base)),
    new DistTree(new Map([...distFiles(head), ...Object.entries(rawHead)])),
  ];
  const [before = new DistTree(new Map()), after = before] = trees;
  const changes = compareTrees(before, after, clusters);
  return { base: before, head: after, changes, clusters, ...(kubernetes !== undefined && { kubernetes }) };
}

function found(input: GateInput): readonly Problem[] {
  return gates.flatMap((gate) => [...gate.run(input)]);
}

describe.each([...fixtures])("gate %s", (rule, cases) => {
  const refused = cases.filter((each) => each.refused !== undefined);
  const passing = cases.filter((each) => each.refused === undefined);

  test.each(refused.map((each) => [each.title, each] as const))("refuses %s", (_title, fixture) => {
    const problems = found(inputOf(fixture));
    expect(problems.map((problem) => problem.rule)).toEqual(
      Array.from({ length: fixture.times ?? 1 }, () => rule),
    );
    const [problem] = problems;
    if (typeof fixture.refused === "string") expect(problem?.what).toBe(fixture.refused);
    else expect(problem?.what).toMatch(fixture.refused ?? "");
    expect(problem?.at).toMatchObject({ object: fixture.object });
    expect(problem?.fix).not.toBe("");
    expect(problem?.at.definition).not.toBe("");
  });

  test.each(passing.map((each) => [each.title, each] as const))("passes %s", (_title, fixture) => {
    expect(found(inputOf(fixture))).toEqual([]);
  });

  test("has an example that it refuses and one that it lets pass", () => {
    expect(refused).not.toEqual([]);
    if (rule !== "unreadable-file") expect(passing).not.toEqual([]);
  });

  test("refuses nothing where nothing changes", () => {
    for (const fixture of refused) {
      // Asked for a version, it looks at everything.
      if (fixture.kubernetes !== undefined) continue;
      expect(found(inputOf({ ...fixture, head: fixture.base, rawHead: {} }))).toEqual([]);
    }
  });
});

describe("every gate", () => {
  const ids = gates.map(({ id }) => id).toSorted();

  test("has a fixture, and every fixture a gate", () => {
    expect([...fixtures.keys()].toSorted()).toEqual(ids);
  });

  test("stands in the file named after it", () => {
    const files = readdirSync(join(root, "synth/gates")).map((name) => name.replace(/\.ts$/, ""));
    expect(files).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has a line in docs/gates.md, and every line a gate", () => {
    const document = readFileSync(join(root, "docs/gates.md"), "utf8");
    const lines = [...document.matchAll(/^\| `([a-z-]+)` \|/gm)].flatMap(([, id]) => id ?? []);
    expect(lines.toSorted()).toEqual(ids);
  });
});
