import { describe, expect, test } from "vitest";
import { schemaSet } from "../../synth/schemas/schema-set.ts";
import { validateObject } from "../../synth/schemas/validate.ts";
import { changed, objectPaths } from "./change.ts";
import type { Path } from "./change.ts";
import { samples } from "./objects.ts";

const set = schemaSet("1.35");

/** Where any key is welcome: maps, and what a definition preserves. */
const free =
  /(labels|annotations|matchLabels|nodeSelector|requests|limits|template\.data|values(\..*)?|metadata)$/;
const freeMetadata = /^spec\.triggers\.0\.metadata$/;

function takesAnything(path: Path): boolean {
  const text = path.join(".");
  return text.endsWith("metadata") ? freeMetadata.test(text) : free.test(text);
}

/** The same words on each run: a linear congruential generator (Numerical Recipes' constants). */
function* words(): Generator<string, never> {
  let state = 1;
  for (;;) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield `x${state.toString(36)}`;
  }
}

describe("a field that nothing knows", () => {
  const word = words();
  const places = samples.flatMap((sample) =>
    objectPaths(sample)
      .filter((path) => !takesAnything(path))
      .map((path) => ({ sample, path, name: `${String(sample["kind"])} ${path.join(".")}` })),
  );

  test("has been tried at many places", () => {
    expect(places.length).toBeGreaterThan(60);
  });

  test.each(places)("is caught in $name", ({ sample, path }) => {
    const key = word.next().value;
    const issues = validateObject(set, changed(sample, [...path, key], { some: "value" }));
    expect(issues).toEqual([expect.objectContaining({ what: `there is no field ${key} here` })]);
  });

  test.each([0, true, "text", [], {}])("is caught with the value %j", (value) => {
    expect(validateObject(set, changed(samples[0], ["spec", "template", "spec", "zzz"], value))).toHaveLength(
      1,
    );
  });
});

describe("a value of another type", () => {
  const places = samples.flatMap((sample) =>
    objectPaths(sample)
      .filter((path) => path.length > 0 && !/values/.test(path.join(".")))
      .map((path) => ({ sample, path, name: `${String(sample["kind"])} ${path.join(".")}` })),
  );

  test.each(places)("is caught in $name", ({ sample, path }) => {
    expect(validateObject(set, changed(sample, path, "text")).length).toBeGreaterThan(0);
    expect(validateObject(set, changed(sample, path, ["list"])).length).toBeGreaterThan(0);
  });
});
