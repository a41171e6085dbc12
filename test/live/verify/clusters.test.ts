import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whyNoTools } from "../../../scripts/tools/find.ts";
import { testNames } from "../../../scripts/verify/model.ts";
import type { ClusterReport, VerifyReport } from "../../../scripts/verify/model.ts";
import type { Cluster } from "../../../synth/model/cluster.ts";
import { reconcilers } from "../../../synth/model/names.ts";
import { loadFleet } from "../../../scripts/workspace.ts";
import { slipway } from "../../commands/slipway.ts";
import type { Outcome } from "../../commands/slipway.ts";
import { neededTools } from "./needed-tools.ts";

/**
 * The committed dist: `local`, which has every app, with both reconcilers; and of the clusters on EKS the smallest with
 * each app, and the smallest without one, for each reconciler that they have. `npm run verify:live` does it for all.
 */
const missing = whyNoTools(neededTools);
if (missing !== undefined) console.warn(`skipped clusters.test.ts: ${missing}`);

const fleet = await loadFleet();
const chosen = chosenFrom(fleet.clusters);

function chosenFrom(clusters: readonly Cluster[]): readonly string[] {
  const local = clusters.filter(({ provider }) => provider !== "eks");
  const onEks = clusters.filter(({ provider }) => provider === "eks").toSorted((a, b) => most(a) - most(b));
  const kinds = Map.groupBy(
    onEks.flatMap((cluster) =>
      appsOf(cluster).map((app) => ({ cluster, kind: `${app} ${cluster.reconciler}` })),
    ),
    ({ kind }) => kind,
  );
  const smallest = [...kinds.values()].flatMap((members) =>
    members.slice(0, 1).map(({ cluster }) => cluster),
  );
  return [...new Set([...local, ...smallest].map(({ name }) => name))];
}

/** Names of the apps placed there; one empty name where there are none. */
function appsOf({ placements }: Cluster): readonly string[] {
  return placements.length === 0 ? [""] : placements.map(({ app }) => app);
}

function most({ nodeGroups }: Cluster): number {
  return nodeGroups.reduce((sum, { max }) => sum + max, 0);
}

const minutes = 60_000;

describe.skipIf(missing !== undefined)("slipway verify --live", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-verified-"));
  const json = join(folder, "report.json");
  const xml = join(folder, "report.xml");
  let outcome: Outcome;
  let report: VerifyReport = { clusters: [], seconds: 0, peakMemory: 0 };

  beforeAll(async () => {
    const args = ["--cluster", ...chosen, "--reconciler", "both", "--json", json, "--junit", xml];
    outcome = await slipway(["verify", "--live", ...args]);
    if (existsSync(json)) report = JSON.parse(readFileSync(json, "utf8"));
  }, 45 * minutes);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("finds nothing wrong", () => {
    expect(outcome.stderr.split("\n").filter((line) => /^ +(✗|where|fix)/.test(line))).toEqual([]);
    expect(outcome.status).toBe(0);
  });

  test("tries at least one cluster with each reconciler, and every app that is placed anywhere", () => {
    const tried = fleet.clusters.filter(({ name }) => chosen.includes(name));
    expect(new Set(tried.flatMap(appsOf))).toEqual(new Set(fleet.clusters.flatMap(appsOf)));
    expect(new Set(report.clusters.map(({ reconciler }) => reconciler))).toEqual(new Set(reconcilers));
  });

  describe.each(chosen)("on %s", (name) => {
    const reports = (): readonly ClusterReport[] => report.clusters.filter(({ cluster }) => cluster === name);

    test.each(testNames)("passes %s", (tested) => {
      expect(reports().length).toBeGreaterThan(0);
      for (const { results, reconciler } of reports()) {
        const result = results.find((each) => each.test === tested);
        expect(result?.problems, reconciler).toEqual([]);
        // Tried in broken-changes.test.ts, where there is something to come from.
        const needsBase = tested === "upgrade" || tested === "rollback";
        expect(result, reconciler).toMatchObject(
          needsBase ? { status: "skipped", summary: "no --base to come from" } : { status: "passed" },
        );
      }
    });

    test("states a line for each test with its time, and the whole time and memory", () => {
      for (const { cluster, reconciler } of reports()) {
        expect(outcome.stdout).toMatch(new RegExp(`${cluster} \\(${reconciler}\\) {2}order +[\\d.]+ s {2}`));
        expect(outcome.stdout).toMatch(
          new RegExp(`${cluster} \\(${reconciler}\\): verified in \\d+ s, at most [\\d.]+ GiB`),
        );
      }
    });
  });

  test("reports the same as JUnit XML", () => {
    const cases = readFileSync(xml, "utf8").match(/<testcase /g) ?? [];
    expect(cases).toHaveLength(report.clusters.flatMap(({ results }) => results).length);
  });
});
