import { styleText } from "node:util";
import type { Problem } from "../../synth/model/problem.ts";
import type { Verdict } from "../../synth/gates/verdict.ts";
import { visible } from "../output/problems.ts";
import { count } from "./wording.ts";

/** What the gates say, for a terminal. */
export function verdictLines({ refused, waived, unused, nearExpiry }: Verdict): readonly string[] {
  return [
    refused.length === 0
      ? styleText("green", "no gate refuses it")
      : styleText(["bold", "red"], `${count(refused.length, "gate finding")} without a waiver`),
    ...mergeClusters(refused).flatMap(({ problem, clusters }) => [
      `  ${styleText("red", "✗")} ${styleText("bold", visible(problem.rule))}  ${visible(problem.at.object ?? problem.at.definition)}${clusters.length === 0 ? "" : styleText("dim", `  ${visible(clusters.join(", "))}`)}`,
      `      ${visible(problem.what)}`,
      `      ${styleText("dim", `fix  ${visible(problem.fix)}`)}`,
    ]),
    ...waived.map(
      ({ problem, waiver }) =>
        `  ${styleText("yellow", "!")} ${problem.rule}  ${visible(problem.at.object ?? "")} is waived until ${waiver.expires} by ${visible(waiver.who)}: ${visible(waiver.reason)}`,
    ),
    ...unused.map(
      ({ path }) =>
        `  ${styleText("yellow", "!")} ${visible(path)} lets nothing pass: remove it once its change is in`,
    ),
    ...nearExpiry.map(
      ({ path, expires }) => `  ${styleText("yellow", "!")} ${visible(path)} ends on ${expires}`,
    ),
  ];
}

/** Findings that differ in the cluster alone are one. */
export function mergeClusters(
  problems: readonly Problem[],
): readonly { readonly problem: Problem; readonly clusters: readonly string[] }[] {
  const groups = Map.groupBy(problems, ({ rule, at, what, fix }) =>
    JSON.stringify([rule, at.object ?? at.definition, what, fix]),
  );
  return [...groups.values()].flatMap((group) => {
    const [problem] = group;
    if (problem === undefined) return [];
    return [{ problem, clusters: [...new Set(group.flatMap(({ at }) => at.cluster ?? []))] }];
  });
}
