import * as v from "valibot";
import type { Problem } from "../model/problem.ts";
import { faultyKeys } from "./faulty-keys.ts";

export type Outcome<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Longest part of a file's text that a problem quotes, in characters: what fits a line of a terminal. */
const longestQuoted = 80;

const writtenFix =
  "git restore it, or take one side of a merge whole; releases change by promote, rollback and hotfix";
const unknownFix = "remove it, or correct its spelling";

/**
 * Reads a committed JSON file strictly: what `JSON.parse` would quietly drop is a problem too.
 *
 * @param path of the file from the repository root
 * @param text its content; undefined if there is no such file
 * @param example content to start from where there is none
 */
export function parseJson<T>(
  schema: v.GenericSchema<unknown, T>,
  path: string,
  text: string | undefined,
  example: string,
): Outcome<T> {
  const problem = (what: string, fix: string): Problem => {
    return { rule: "input-file", at: { definition: path }, what, fix };
  };
  if (text === undefined) {
    return { problems: [problem("the file is missing", `create ${path} with ${example}`)] };
  }
  if (text.startsWith("\uFEFF")) {
    return { problems: [problem("it starts with a byte order mark", "save it as UTF-8 without one")] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // It quotes the text, whose lines are no lines of a report.
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
    const fix = "correct it; if a merge left conflict markers, take one side";
    return { problems: [problem(`it is not JSON: ${reason}`, fix)] };
  }
  const keys = faultyKeys(text);
  if (keys.length > 0) {
    return {
      problems: keys.map(({ key, isRepeated }) =>
        isRepeated
          ? problem(`${cut(key)} is there twice`, "keep one of the two")
          : problem(`unknown field ${key}`, unknownFix),
      ),
    };
  }
  if (Array.isArray(json)) return { problems: [problem("the file is a list", "make it an object: { … }")] };
  const result = v.safeParse(schema, json);
  if (result.success) return { value: result.output };
  return {
    problems: result.issues.map((issue) => {
      const { what, fix } = describe(issue);
      return problem(what, fix ?? `correct it in ${path}`);
    }),
  };
}

function describe(issue: v.BaseIssue<unknown>): { readonly what: string; readonly fix?: string } {
  const field = v.getDotPath(issue) ?? "the file";
  if (issue.type === "custom") return { what: `${field} ${issue.message}: ${cut(issue.received)}` };
  // Only what Slipway writes itself holds together in a way that is checked.
  if (issue.type === "check") return { what: `${field} ${issue.message}`, fix: writtenFix };
  if (issue.type === "strict_object" && issue.expected === "never") {
    return { what: `unknown field ${cut(field)}`, fix: unknownFix };
  }
  if (issue.received === "undefined") return { what: `${field} is missing`, fix: `add "${field}"` };
  return { what: `${field} should be ${issue.expected ?? "something else"} and is ${cut(issue.received)}` };
}

function cut(text: string): string {
  return text.length > longestQuoted ? `${text.slice(0, longestQuoted)}…` : text;
}

/** A string of one form. */
export const pattern = <T extends string>(regex: RegExp, shape: string) =>
  v.custom<T>((value) => typeof value === "string" && regex.test(value), `is not ${shape}`);

/** Content to start a file from, on one line. */
export function jsonExample(members: readonly (readonly [name: string, json: string])[]): string {
  return members.length === 0
    ? "{}"
    : `{ ${members.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")} }`;
}
