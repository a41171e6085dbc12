import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checks } from "../../synth/checks/checks.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import { garden } from "../invalid/garden.ts";
import type { Invalid } from "../invalid/invalid.ts";

const root = join(import.meta.dirname, "../..");

/** Fixtures by the rule that their file is named after. */
const fixtures = new Map<string, readonly Invalid[]>();
for (const name of readdirSync(join(root, "test/invalid")).filter((file) => file.endsWith(".ts"))) {
  const module: { default?: readonly Invalid[] } = await import(join(root, "test/invalid", name));
  if (module.default !== undefined) fixtures.set(name.replace(/\.ts$/, ""), module.default);
}

describe.each([...fixtures])("rule %s", (rule, cases) => {
  test.each(cases.map((each) => [each.title, each] as const))("refuses %s", (_title, expected) => {
    const { problems, rendered } = expected.found();
    expect(problems.map((problem) => `${problem.rule}: ${problem.what}`)).toEqual([
      `${rule}: ${expected.what}`,
    ]);
    expect(problems.map(({ fix }) => fix)).toEqual([expected.fix]);
    for (const { at } of problems) {
      expect(at.definition).not.toBe("");
      if (expected.object !== undefined) expect(at.object).toBe(expected.object);
    }
    const check = checks.find(({ id }) => id === rule);
    if (check === undefined) return;
    if (rendered === undefined) throw new Error("a fixture of a check has to render");
    // The problem is this check's own: without it in the list the fixture would pass.
    expect([...check.run({ ...rendered })]).toHaveLength(1);
    const others = checks.filter((other) => other !== check);
    expect(others.flatMap((other) => [...other.run({ ...rendered })])).toEqual([]);
  });
});

test("the fleet that the fixtures break is right before they do", () => {
  const { fleet, cluster, inputs } = garden({});
  expect(synthesizeCluster(fleet, cluster, inputs).problems).toEqual([]);
});

describe("every rule", () => {
  test("has a fixture, and every fixture a rule", () => {
    expect([...fixtures.keys()].toSorted()).toEqual(ruleIds());
  });

  test("has a line in docs/checks.md, and every line a rule", () => {
    const document = readFileSync(join(root, "docs/checks.md"), "utf8");
    const lines = [...document.matchAll(/^\| `([a-z-]+)` \|/gm)].flatMap(([, id]) => id ?? []);
    expect(lines.toSorted()).toEqual(ruleIds());
  });

  test("of the rendered fleet stands in the list of checks once, in the file named after it", () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const files = readdirSync(join(root, "synth/checks")).map((name) => name.replace(/\.ts$/, ""));
    expect(files).toEqual(expect.arrayContaining(ids));
  });
});

/** Ids as the sources of synth write them; gates have a document and fixtures of their own. */
function ruleIds(): readonly string[] {
  const sources = readdirSync(join(root, "synth"), { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.startsWith("gates"),
  );
  const ids = sources.flatMap((path) => [
    ...readFileSync(join(root, "synth", path), "utf8").matchAll(
      /^\s*(?:rule|id): "([a-z-]+)"|\{ rule: "([a-z-]+)"/gm,
    ),
  ]);
  return [...new Set(ids.flatMap(([, first, second]) => first ?? second ?? []))].toSorted();
}
