import { describe, expect, test } from "vitest";
import { parseWaivers } from "../../synth/gates/waiver.ts";
import type { Waiver } from "../../synth/gates/waiver.ts";
import { object } from "../changes/dist-files.ts";
import { madeReport } from "../report/made-report.ts";

const claim = { object: object("v1", "PersistentVolumeClaim", "pictures", { spec: {} }, "shop") };
const fields = {
  rule: "stateful-deleted",
  object: "PersistentVolumeClaim/shop/pictures",
  clusters: ["garden"],
  reason: "The pictures moved to S3.",
  who: "Jo Gardener",
  expires: "2026-12-31",
};

function waiver(change: Partial<typeof fields> = {}): Waiver {
  return { id: "pictures", path: "clusters/waivers/pictures.json", ...fields, ...change };
}

/** What gates say, on 27 November 2026, of a claim that goes from garden and from meadow. */
function verdict(...waivers: readonly Waiver[]) {
  return madeReport([claim, { ...claim, cluster: "meadow" }], [], waivers).verdict;
}

const near = (expires: string): number => verdict(waiver({ expires })).nearExpiry.length;

describe("a waiver", () => {
  test("lets pass what it names, where it says", () => {
    const { refused, waived, unused } = verdict(waiver());
    expect(refused.map(({ rule, at }) => [rule, at.cluster])).toEqual([["stateful-deleted", "meadow"]]);
    expect(waived.map(({ problem }) => problem.at.cluster)).toEqual(["garden"]);
    expect(unused).toEqual([]);
  });

  test("of several clusters lets it pass in each", () => {
    expect(verdict(waiver({ clusters: ["garden", "meadow"] })).refused).toEqual([]);
  });

  test.each([
    ["another rule", { rule: "prune-share" }],
    ["another object", { object: "PersistentVolumeClaim/shop/paintings" }],
    ["another cluster", { clusters: ["orchard"] }],
  ])("of %s lets nothing pass, and is named", (_what, change) => {
    const { refused, unused } = verdict(waiver(change));
    expect(refused).toHaveLength(2);
    expect(unused).toHaveLength(1);
  });

  test("holds on its last day and not on the next", () => {
    expect(verdict(waiver({ expires: "2026-11-27" })).waived).toHaveLength(1);
    const { refused, waived } = verdict(waiver({ expires: "2026-11-26" }));
    expect(waived).toEqual([]);
    expect(refused.map(({ rule }) => rule)).toEqual(["stateful-deleted", "stateful-deleted", "waiver"]);
    expect(refused.at(-1)).toMatchObject({
      at: { definition: "clusters/waivers/pictures.json" },
      what: "it let stateful-deleted pass for PersistentVolumeClaim/shop/pictures until 2026-11-26, which is over",
    });
  });

  test("that is over refuses a change that has nothing to do with it", () => {
    expect(madeReport([], [], [waiver({ expires: "2026-11-26" })]).verdict.refused).toHaveLength(1);
  });

  test("is named from two weeks before its end", () => {
    expect([near("2026-12-11"), near("2026-12-12")]).toEqual([1, 0]);
  });
});

const problemsOf = (content: string) => parseWaivers(new Map([["pictures", content]])).problems;

describe("a file of a waiver", () => {
  test("is read with its name and path", () => {
    const { waivers, problems } = parseWaivers(new Map([["pictures", JSON.stringify(fields)]]));
    expect(problems).toEqual([]);
    expect(waivers).toEqual([waiver()]);
  });

  test.each([
    ["no JSON", "{", /JSON/],
    ["another field", JSON.stringify({ ...fields, forever: true }), /^unknown field forever$/],
    ["no reason", JSON.stringify({ ...fields, reason: "" }), /reason: a reason of a few words is needed/],
    [
      "a day that is none",
      JSON.stringify({ ...fields, expires: "soon" }),
      /expires: write a day as 2026-12-31/,
    ],
    [
      "a gate that there is not",
      JSON.stringify({ ...fields, rule: "prune-shares" }),
      /^there is no gate prune-shares$/,
    ],
    ["no cluster", JSON.stringify({ ...fields, clusters: [] }), /clusters: name at least one cluster/],
    ["a missing field", JSON.stringify({ ...fields, who: undefined }), /^who is missing$/],
  ])("with %s is a problem of its own", (_what, content, expected) => {
    const problems = problemsOf(content);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      rule: "waiver",
      at: { definition: "clusters/waivers/pictures.json" },
    });
    expect(problems[0]?.what).toMatch(expected);
    expect(problems[0]?.fix).not.toBe("");
  });
});
