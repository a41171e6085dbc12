import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { testNames } from "../../../scripts/verify/model.ts";
import type { ClusterReport, VerifyReport } from "../../../scripts/verify/model.ts";
import type { Cluster } from "../../../synth/model/cluster.ts";
import { loadFleet } from "../../../scripts/workspace.ts";
import { slipway } from "../../commands/slipway.ts";
import type { Outcome } from "../../commands/slipway.ts";
import { neededTools } from "./needed-tools.ts";

/**
 * The committed dist: `local`, which has every app, with both reconcilers, and the smallest cluster on EKS.
 * `npm run verify:live` does it for all.
 */
const missing = whyNoTools(neededTools);
if (missing !== undefined) console.warn(`skipped clusters.test.ts: ${missing}`);

const fleet = await loadFleet();
const smallest = fleet.clusters
  .filter(({ provider }) => provider === "eks")
  .toSorted((a, b) => most(a) - most(b))
  .slice(0, 1);
const chosen = [...fleet.clusters.filter(({ provider }) => provider !== "eks"), ...smallest].map(
  ({ name }) => name,
);

function most({ nodeGroups }: Cluster): number {
  return nodeGroups.reduce((sum, { max }) => sum + max, 0);
}

const minutes = 60_000;

describe.skipIf(missing !== undefined).each(chosen)("slipway verify --live --cluster %s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-verified-"));
  const json = join(folder, "report.json");
  const xml = join(folder, "report.xml");
  let outcome: Outcome;
  let clusters: readonly ClusterReport[] = [];

  beforeAll(async () => {
    const args = ["--cluster", name, "--reconciler", "both", "--json", json, "--junit", xml];
    outcome = await slipway(["verify", "--live", ...args]);
    const report: VerifyReport | undefined = existsSync(json)
      ? JSON.parse(readFileSync(json, "utf8"))
      : undefined;
    clusters = report?.clusters ?? [];
  }, 30 * minutes);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("finds nothing wrong", () => {
    expect(outcome.stderr.split("\n").filter((line) => /^ +(✗|where|fix)/.test(line))).toEqual([]);
    expect(outcome.status).toBe(0);
  });

  test.each(testNames)("passes %s", (tested) => {
    expect(clusters.length).toBeGreaterThan(0);
    for (const { results, reconciler } of clusters) {
      const result = results.find((each) => each.test === tested);
      expect(result?.problems, reconciler).toEqual([]);
      // Tried in broken.test.ts, where there is something to come from.
      const needsBase = tested === "upgrade" || tested === "rollback";
      expect(result, reconciler).toMatchObject(
        needsBase ? { status: "skipped", summary: "no --base to come from" } : { status: "passed" },
      );
    }
  });

  test("reports the same as JUnit XML, and a line for each test with its time", () => {
    const cases = readFileSync(xml, "utf8").match(/<testcase /g) ?? [];
    expect(cases).toHaveLength(clusters.flatMap(({ results }) => results).length);
    for (const { cluster, reconciler } of clusters) {
      expect(outcome.stdout).toMatch(new RegExp(`${cluster} \\(${reconciler}\\) {2}order +[\\d.]+ s {2}`));
      expect(outcome.stdout).toMatch(
        new RegExp(`${cluster} \\(${reconciler}\\): verified in \\d+ s, at most [\\d.]+ GiB`),
      );
    }
  });
});
