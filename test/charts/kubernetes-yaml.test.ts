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

test("merge keys are merged", () => {
  expect(readManifest("base: &base { a: 1 }\nother: { <<: *base, b: 2 }")).toEqual([
    { base: { a: 1 }, other: { a: 1, b: 2 } },
  ]);
});
