import { describe, expect, test } from "vitest";
import type { TestResult, VerifyReport } from "../../scripts/verify/model.ts";
import { failed } from "../../scripts/verify/model.ts";
import { junit } from "../../scripts/verify/report/junit.ts";
import { clusterLine, resultLines, standInLines, totalLine } from "../../scripts/verify/report/lines.ts";

const passed: TestResult = {
  test: "order",
  status: "passed",
  seconds: 0.42,
  summary: "38 objects",
  notes: [],
  problems: [],
};
const broken: TestResult = {
  test: "prune",
  status: "failed",
  seconds: 61.25,
  summary: "1 problem",
  notes: ["PersistentVolumeClaim/shop/data stays, as its policy says"],
  problems: [
    {
      rule: "live-prune",
      at: { definition: "apps/shop/app.ts", cluster: "a", object: "ConfigMap/shop/web" },
      what: 'it is "still" there <finalizer> & waits\nfor \u001Bnobody',
      fix: "remove the finalizer",
    },
  ],
};
const report: VerifyReport = {
  seconds: 130,
  peakMemory: 3.5 * 2 ** 30,
  clusters: [
    {
      cluster: "a",
      reconciler: "argocd",
      results: [passed, broken],
      seconds: 70,
      peakMemory: 3 * 2 ** 30,
      standIns: ["traefik 1.0.0: chart"],
    },
    {
      cluster: "b",
      reconciler: "flux",
      results: [{ ...passed, status: "skipped" }],
      seconds: 60,
      peakMemory: 2 ** 30,
      standIns: ["traefik 1.0.0: chart"],
    },
  ],
};

describe("the report of a verification", () => {
  test("is one line for a test with its time, and one for each note", () => {
    expect(resultLines("a", passed)).toEqual([expect.stringMatching(/^. a {2}order +0\.4 s {2}38 objects$/)]);
    expect(resultLines("a", broken)[1]).toBe(
      "    note   PersistentVolumeClaim/shop/data stays, as its policy says",
    );
  });

  test("states time and memory of a cluster, and of all", () => {
    expect(report.clusters.map(clusterLine)).toEqual([
      "a (argocd): 1 of 2 tests failed in 70 s, at most 3.0 GiB",
      "b (flux): verified in 60 s, at most 1.0 GiB",
    ]);
    expect(totalLine(report)).toBe("1 passed, 1 failed, 1 skipped on 2 clusters in 130 s, at most 3.5 GiB");
  });

  test("lists each stand-in once", () => {
    expect(standInLines(report)).toEqual([
      "Stand-ins, which were not the real thing:",
      "  traefik 1.0.0: chart",
    ]);
    expect(standInLines({ ...report, clusters: [] })).toEqual([]);
  });

  test("has failed if one test has", () => {
    expect(failed(report)).toBe(true);
    expect(failed({ ...report, clusters: report.clusters.slice(1) })).toBe(false);
  });
});

describe("as JUnit XML", () => {
  const xml = junit(report);

  test("there is a suite for each cluster and a case for each test", () => {
    expect(xml.match(/<testsuite /g)).toHaveLength(2);
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1" time="130.000"');
    expect(xml).toContain('<skipped message="38 objects"/>');
  });

  test("a failure tells what, where and how to fix it, whatever characters it holds", () => {
    expect(xml).toContain(
      'type="live-prune" message="it is &quot;still&quot; there &lt;finalizer&gt; &amp; waits&#10;for \uFFFDnobody"',
    );
    expect(xml).toContain("where  a · ConfigMap/shop/web");
    expect(xml).toContain("fix  remove the finalizer");
    expect(xml).not.toContain("\u001B");
  });
});
