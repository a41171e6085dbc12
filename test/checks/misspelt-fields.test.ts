import { describe, expect, test } from "vitest";
import { attractorFactory } from "../../apps/attractor-factory/app.ts";
import { defineApp, defineEksCluster, defineLocalCluster, place } from "#synth";

/** What a definition says that no compiler has seen, as `synth` runs it. */
function said(define: (...args: never[]) => unknown, ...args: readonly unknown[]): string {
  try {
    Reflect.apply(define, undefined, args);
  } catch (error) {
    return error instanceof TypeError ? error.message : "no TypeError";
  }
  return "nothing";
}

const local = {
  name: "garden",
  kubernetes: "1.35",
  provider: "kind",
  reconciler: "argocd",
  nodeGroups: [],
  capabilities: {},
  placements: [],
};
const { provider: _, ...shared } = local;
const eks = { ...shared, account: "111122223333", region: "us-east-1", outputs: [] };
const dev = { environment: "dev", parameters: {} };

describe("a field that is misspelt", () => {
  test.each([
    [defineLocalCluster, [{ ...local, chartMode: "inflate" }], "nothing"],
    [
      defineLocalCluster,
      [{ ...local, chartMod: "inflate" }],
      "defineLocalCluster has no field chartMod; did you mean chartMode? Otherwise remove it",
    ],
    [defineEksCluster, [eks], "nothing"],
    [
      defineEksCluster,
      [{ ...eks, profil: "sandbox" }],
      "defineEksCluster has no field profil; did you mean profile? Otherwise remove it",
    ],
    [defineEksCluster, [{ ...eks, weather: 1 }], "defineEksCluster has no field weather; remove it"],
    [place, [attractorFactory, { ...dev, quota: {} }], "nothing"],
    [
      place,
      [attractorFactory, { ...dev, qota: {} }],
      "place has no field qota; did you mean quota? Otherwise remove it",
    ],
    [defineApp(), [attractorFactory], "nothing"],
    [
      defineApp(),
      [{ ...attractorFactory, permisions: {} }],
      "defineApp has no field permisions; did you mean permissions? Otherwise remove it",
    ],
  ])("is an error, though it may be left out: %o %o", (define, args, expected) => {
    expect(said(define, ...args)).toBe(expected);
  });
});

test("a field that has to be there is missed at once, not where it is used first", () => {
  expect(said(defineLocalCluster, { ...local, nodeGroups: undefined })).toBe(
    "defineLocalCluster needs the field nodeGroups",
  );
});
