import { expect, test } from "vitest";
import { refusals } from "../../synth/release/refusals.ts";
import { hotfixedImages, unchecked } from "../../synth/release/unchecked.ts";
import { allowed } from "../invalid/promotion.ts";

test("the move that the fixtures break is allowed before they do, and everything about it is known", () => {
  expect(refusals(allowed)).toEqual([]);
  expect(unchecked(allowed)).toEqual([]);
});

test("what could not be checked is said, and stops nothing", () => {
  const blind = {
    ...allowed,
    relation: "apart" as const,
    checks: undefined,
    health: { isHealthy: undefined, because: "no --kubeconfig was given" },
  };
  expect(refusals(blind)).toEqual([]);
  expect(unchecked(blind)).toEqual([
    "health of the source was not checked: no --kubeconfig was given",
    "required checks were not checked (e2e): no forge could be asked",
    "the target runs a revision that this one does not contain, such as a hotfix: see that its change is in here",
  ]);
});

test("an image of a hotfix that the source does not run is said, since a promotion takes it back", () => {
  const [fixed, other] = [`sha256:${"7".repeat(64)}`, `sha256:${"1".repeat(64)}`] as const;
  const frozen = { revision: "", charts: {}, slices: {}, who: "Ada", when: "", why: "it leaks" };
  const runs = { images: { web: fixed }, frozen: { ...frozen, kind: "hotfix" as const } };
  expect(hotfixedImages(runs, { web: other })).toEqual(["web"]);
  expect(hotfixedImages(runs, { web: fixed })).toEqual([]);
  expect(hotfixedImages({ ...runs, frozen: { ...frozen, kind: "promote" } }, { web: other })).toEqual([]);
  expect(unchecked({ ...allowed, hotfixed: ["web"] })).toEqual([
    "a hotfix gave the target another web: see that its change is in here",
  ]);
});

test("every reason is told at once", () => {
  const wrong = { ...allowed, from: "dev", images: { web: "1.2.3" as const }, since: allowed.now };
  expect(refusals(wrong)).toHaveLength(3);
});
