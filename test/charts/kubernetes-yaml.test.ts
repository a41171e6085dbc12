import { expect, test } from "vitest";
import { readManifest } from "../../synth/charts/kubernetes-yaml.ts";

/** As `sigs.k8s.io/yaml`, which Helm and the reconcilers use, reads them. */
test.each([
  ["0644", 420],
  ["0o644", 420],
  ["-010", -8],
  ["0", 0],
  ["08", 8],
  ["0x1F", 31],
  ["1_000", 1000],
  ["1e3", 1000],
  ["123456789012", 123_456_789_012],
  ["1.10", 1.1],
  ["yes", true],
  ["Off", false],
  ["~", null],
  ["2020-01-01", "2020-01-01"],
  ["12:30:45", "12:30:45"],
  ['"0644"', "0644"],
  ['"yes"', "yes"],
])("%s is read as %j", (scalar, value) => {
  expect(readManifest(`value: ${scalar}`)).toEqual([{ value }]);
});

test("of a key that stands twice, the last counts", () => {
  expect(readManifest("a: 1\na: 2")).toEqual([{ a: 2 }]);
});

test.each(["9007199254740993", "-9007199254740993", "0xFFFFFFFFFFFFFFFF"])(
  "%s, which would become another number, is refused",
  (integer) => {
    expect(() => readManifest(`value: ${integer}`)).toThrow("beyond 2^53");
    expect(readManifest(`value: "${integer}"`)).toEqual([{ value: integer }]);
  },
);

test("an alias within what it stands for is refused, and one beside it is not", () => {
  expect(() => readManifest("a: &a { b: [*a] }")).toThrow("alias");
  expect(readManifest("a: &a [1]\nb: *a")).toEqual([{ a: [1], b: [1] }]);
});

test("merge keys are merged", () => {
  expect(readManifest("base: &base { a: 1 }\nother: { <<: *base, b: 2 }")).toEqual([
    { base: { a: 1 }, other: { a: 1, b: 2 } },
  ]);
});
