import type { Problem } from "../../../synth/model/problem.ts";
import { questions } from "../model.ts";
import type { ClusterReport, TestResult, VerifyReport } from "../model.ts";

/** The report as JUnit XML, as continuous integration reads it: a suite for each cluster, a case for each test. */
export function junit({ clusters, seconds }: VerifyReport): string {
  const results = clusters.flatMap((cluster) => cluster.results);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="slipway verify" ${counts(results)} time="${seconds.toFixed(3)}">`,
    ...clusters.flatMap(suite),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite({ cluster, reconciler, results, seconds, peakMemory }: ClusterReport): readonly string[] {
  return [
    `  <testsuite name="${escaped(cluster)}" ${counts(results)} time="${seconds.toFixed(3)}">`,
    "    <properties>",
    `      <property name="reconciler" value="${reconciler}"/>`,
    `      <property name="peak memory in bytes" value="${peakMemory}"/>`,
    "    </properties>",
    ...results.flatMap((result) => testCase(cluster, result)),
    "  </testsuite>",
  ];
}

function testCase(cluster: string, result: TestResult): readonly string[] {
  const name = escaped(`${result.test}: ${questions[result.test]}`);
  const notes =
    result.notes.length === 0 ? [] : [`      <system-out>${escaped(result.notes.join("\n"))}</system-out>`];
  return [
    `    <testcase classname="${escaped(cluster)}" name="${name}" time="${result.seconds.toFixed(3)}">`,
    ...(result.status === "skipped" ? [`      <skipped message="${escaped(result.summary)}"/>`] : []),
    ...result.problems.map(
      (problem) =>
        `      <failure type="${escaped(problem.rule)}" message="${escaped(problem.what)}">${escaped(details(problem))}</failure>`,
    ),
    ...notes,
    "    </testcase>",
  ];
}

function details({ at, what, fix }: Problem): string {
  const where = [at.cluster, at.object].filter((part) => part !== undefined).join(" · ");
  return [what, `where  ${where}`, `definition  ${at.definition}`, `fix  ${fix}`].join("\n");
}

function counts(results: readonly TestResult[]): string {
  const count = (status: TestResult["status"]) => results.filter((result) => result.status === status).length;
  return `tests="${results.length}" failures="${count("failed")}" errors="0" skipped="${count("skipped")}"`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A line break in an attribute would be read as a space.
  "\n": "&#10;",
};

/** Text for XML. Characters that XML 1.0 cannot hold at all are replaced. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"\n]/g, (character) => entities[character] ?? character);
}
