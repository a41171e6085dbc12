import { expect, test } from "vitest";
import { fleet } from "../../clusters/fleet.ts";
import { readInputs } from "../../scripts/read-inputs.ts";
import { unusedInputs } from "../../synth/resolve/unused-inputs.ts";
import { garden } from "../invalid/garden.ts";

test("the repository holds no facts and no release that nobody can use", () => {
  expect(unusedInputs(fleet, readInputs())).toEqual([]);
});

test("a release may come before its placement", () => {
  const { fleet: small, inputs } = garden({});
  const releases = new Map([...inputs.releases, ["shop/prod", "{}"] as const]);
  expect(unusedInputs(small, { ...inputs, releases })).toEqual([]);
});

test("facts of a cluster that is not on EKS are of no use", () => {
  const facts = new Map([["local", "{}"]]);
  expect(unusedInputs(fleet, { facts, releases: new Map() })).toEqual([
    {
      rule: "input-file",
      at: { definition: "clusters/facts/local.json" },
      what: "nobody uses it: local is not on EKS",
      fix: "remove it",
    },
  ]);
});
