import { expect, test } from "vitest";
import { refusals, unchecked } from "../../synth/release/refusals.ts";
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

test("every reason is told at once", () => {
  const wrong = { ...allowed, from: "dev", images: { web: "1.2.3" as const }, since: allowed.now };
  expect(refusals(wrong)).toHaveLength(3);
});
