import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { text } from "../../synth/objects/json-fields.ts";
import { repository } from "../commands/slipway.ts";
import { appCases, declaredByHand } from "./alert-cases.ts";
import { alertsOf, ruleFiles, ruleFilesOfDist } from "./rules.ts";

const rendered = Object.entries(ruleFiles).flatMap(([app, files]) =>
  files.flatMap((file) => alertsOf(file).map((each) => ({ ...each, app, file: file.name }))),
);
const committed = ruleFilesOfDist().flatMap((file) =>
  alertsOf(file).map((each) => ({ ...each, file: file.name })),
);

describe("every alert", () => {
  test("has a case in which it fires and one in which it is silent", () => {
    const cases = new Map<string, { fires: boolean; isSilent: boolean }>();
    for (const { app, rule, cases: list } of appCases) {
      for (const { alert, firesAt, silentAt } of list) {
        const key = `${app} ${rule} ${alert}`;
        const { fires, isSilent } = cases.get(key) ?? { fires: false, isSilent: false };
        cases.set(key, {
          fires: fires || firesAt.length > 0,
          isSilent: isSilent || silentAt.length > 0,
        });
      }
    }
    const names = rendered.map(({ app, file, alert }) => `${app} ${file} ${alert}`);
    expect(names.length).toBeGreaterThan(30);
    expect([...cases.keys()].toSorted()).toEqual(names.toSorted());
    expect([...cases.values()].filter(({ fires, isSilent }) => !fires || !isSilent)).toEqual([]);
  });

  test("in dist is one of those that are rendered here", () => {
    const known = new Set(rendered.map(({ alert, rule }) => `${alert} ${text(rule, "labels", "slo") ?? ""}`));
    expect(committed.length).toBeGreaterThan(20);
    expect(
      committed.filter(({ alert, rule }) => !known.has(`${alert} ${text(rule, "labels", "slo") ?? ""}`)),
    ).toEqual([]);
    expect(rendered.map(({ alert }) => alert)).toEqual(expect.arrayContaining([...declaredByHand]));
  });

  test("says who hears of it, what it is, and where it is read what to do", () => {
    for (const { alert, rule } of [...rendered, ...committed]) {
      expect(["page", "ticket", "info"], alert).toContain(text(rule, "labels", "severity"));
      expect(text(rule, "annotations", "summary"), alert).toMatch(/\w/);
      const [, document = ""] =
        /\/(docs\/runbooks\/[\w-]+\.md)$/.exec(text(rule, "annotations", "runbook_url") ?? "") ?? [];
      expect(existsSync(join(repository, document)) && document !== "", `${alert}: ${document}`).toBe(true);
    }
    // In dist with the address of the repository, so that a reader may click it.
    for (const { rule } of committed) expect(text(rule, "annotations", "runbook_url")).toMatch(/^https:\/\//);
  });
});
