import { styleText } from "node:util";
import type { Problem } from "../../synth/model/problem.ts";

/** Problems go to standard error, so it decides whether there are colours. */
const options = { stream: process.stderr };

/** Prints problems to standard error, grouped by the definition to open, each once. */
export function printProblems(problems: readonly Problem[]): void {
  for (const line of problemLines(problems)) console.error(line);
}

/** Problems as lines for people; problems that differ in the cluster alone are one, with the clusters listed. */
function problemLines(problems: readonly Problem[]): readonly string[] {
  const merged = Map.groupBy(problems, ({ rule, at, what, fix }) =>
    JSON.stringify([at.definition, at.object, rule, what, fix]),
  );
  const byDefinition = Map.groupBy([...merged.values()], ([first]) => first?.at.definition ?? "");
  const lines = [...byDefinition].flatMap(([definition, groups]) => [
    styleText("bold", visible(definition), options),
    ...groups.flatMap(describe),
    "",
  ]);
  const count = merged.size;
  return [...lines, styleText("red", count === 1 ? "1 problem" : `${count} problems`, options)];
}

function describe(group: readonly Problem[]): readonly string[] {
  const [problem] = group;
  if (problem === undefined) return [];
  const clusters = [...new Set(group.flatMap(({ at }) => at.cluster ?? []))].join(", ");
  const where = [clusters, problem.at.object].filter((part) => part !== undefined && part !== "").join(" · ");
  return [
    `  ${styleText("red", "✗", options)} ${visible(problem.what)}`,
    ...(where === "" ? [] : [`    where  ${visible(where)}`]),
    `    fix    ${visible(problem.fix)}`,
    `    rule   ${problem.rule}`,
  ];
}

/** What a terminal would hide or obey, such as an escape or a mark that turns the direction of text, is spelled out. */
export function visible(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, (hidden) => {
    return `\\u${hidden.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** As `visible`, for what has one line: a line break is spelled out too. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll("\n", "\\u000a");
}
