import type { Fleet } from "../../synth/model/fleet.ts";
import { describeDifferences } from "../../synth/plan/differences.ts";
import { planTree } from "../../synth/plan/plan.ts";
import type { Inputs } from "../../synth/resolve/inputs.ts";
import { synthesizeCluster } from "../../synth/synthesize.ts";
import type { Finding } from "./finding.ts";

/** Whether the definitions render, and dist is what they render to. */
export function distFindings(
  fleet: Fleet,
  inputs: Inputs,
  current: ReadonlyMap<string, string>,
): readonly Finding[] {
  const results = fleet.clusters.map((cluster) => synthesizeCluster(fleet, cluster, inputs));
  const plan = planTree(
    results.flatMap(({ files }) => files),
    current,
  );
  const problems = [...results.flatMap((result) => result.problems), ...plan.blocked];
  if (problems.length > 0) {
    const [first] = problems;
    const what = `the definitions have ${count(problems.length, "problem")}; the first: ${first?.what ?? ""} (${first?.at.definition ?? ""})`;
    return [{ check: "definitions", level: "fault", what, fix: "npm run synth lists them all" }];
  }
  const definitions: Finding = {
    check: "definitions",
    level: "ok",
    what: `${count(fleet.clusters.length, "cluster")} render without a problem`,
    fix: "",
  };
  const differences = describeDifferences(plan);
  if (differences.length === 0) {
    const what = `dist is in step: ${count(plan.unchanged, "file")}`;
    return [definitions, { check: "dist", level: "ok", what, fix: "" }];
  }
  const what = `dist differs from what the definitions render in ${count(differences.length, "file")}`;
  return [
    definitions,
    { check: "dist", level: "fault", what, fix: "npm run synth; npm run check lists them" },
  ];
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
