import * as v from "valibot";
import { didYouMean } from "../model/did-you-mean.ts";
import type { Problem } from "../model/problem.ts";
import { gates } from "./gates.ts";

/** Folder of waivers, from the repository root. */
export const waiversFolder = "clusters/waivers";

const text = (what: string) => v.pipe(v.string(), v.trim(), v.minLength(1, `${what} must not be empty`));

const waiverSchema = v.strictObject({
  /** Id of the gate. */
  rule: text("rule"),
  /** `Kind/name` or `Kind/namespace/name`, as the gate prints it. */
  object: text("object"),
  /** Clusters that it holds for. */
  clusters: v.pipe(v.array(text("a cluster")), v.minLength(1, "name at least one cluster")),
  /** Why what the gate refuses is meant. */
  reason: v.pipe(v.string(), v.trim(), v.minLength(10, "a reason of a few words is needed")),
  /** Who answers for it. */
  who: text("who"),
  /** Last day on which it holds, in UTC. */
  expires: v.pipe(v.string(), v.isoDate("write a day as 2026-12-31")),
});

/** A committed consent to one thing that a gate refuses. */
export interface Waiver extends v.InferOutput<typeof waiverSchema> {
  /** Name of its file without `.json`. */
  readonly id: string;
  /** From the repository root. */
  readonly path: string;
}

/** Reads the waivers; a broken one is a problem with its file. */
export function parseWaivers(files: ReadonlyMap<string, string>): {
  readonly waivers: readonly Waiver[];
  readonly problems: readonly Problem[];
} {
  const waivers: Waiver[] = [];
  const problems: Problem[] = [];
  for (const [id, content] of files) {
    const path = `${waiversFolder}/${id}.json`;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), waiverSchema), content);
    if (parsed.success) {
      waivers.push({ id, path, ...parsed.output });
      problems.push(...unknownRule(path, parsed.output.rule));
    } else problems.push(...parsed.issues.map((issue) => waiverProblem(path, issueText(issue), shape)));
  }
  return { waivers, problems };
}

/** One that names no gate lets nothing pass, which its author would only learn by what is still refused. */
function unknownRule(path: string, rule: string): readonly Problem[] {
  const known = gates.map(({ id }) => id);
  if (known.includes(rule)) return [];
  return [
    waiverProblem(
      path,
      `there is no gate ${rule}`,
      didYouMean(rule, known, `name one of: ${known.join(", ")}`),
    ),
  ];
}

const shape =
  "write rule, object, clusters, reason, who and expires as docs/gates.md shows them, and nothing else";

function issueText(issue: v.BaseIssue<unknown>): string {
  const at = v.getDotPath(issue);
  if (issue.type === "strict_object") {
    return issue.expected === "never" ? `unknown field ${at ?? ""}` : `${at ?? ""} is missing`;
  }
  return at === null ? issue.message : `${at}: ${issue.message}`;
}

/** A problem of a waiver's own. */
export function waiverProblem(path: string, what: string, fix: string): Problem {
  return { rule: "waiver", at: { definition: path }, what, fix };
}

/** Whether it is past its last day. Days are ISO dates, such as `2026-11-27`. */
export function isExpired({ expires }: Waiver, today: string): boolean {
  return expires < today;
}

/** Days that are left, the last one included; negative once it is over. */
export function daysLeft({ expires }: Waiver, today: string): number {
  return Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
}

/** Days before its end from which reports name a waiver: two weeks, time for a sprint to do without it. */
export const nearExpiry = 14;
