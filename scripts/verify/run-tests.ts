import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { inDist } from "../../synth/model/paths.ts";
import type { TestName, TestResult } from "./model.ts";
import { counted } from "./tests/outcome.ts";
import type { Outcome } from "./tests/outcome.ts";
import { messageOf } from "../output/message-of.ts";

/** Runs one test and times it. That it could not be tried is a failure that says why, never a stack trace. */
export async function timed(
  cluster: string,
  test: TestName,
  work: () => Promise<Outcome>,
): Promise<TestResult> {
  const started = performance.now();
  const outcome = await work().catch((error: unknown) => brokenOff(cluster, test, error));
  const seconds = (performance.now() - started) / 1000;
  const { summary, notes = [], problems, skipped } = outcome;
  if (problems.length > 0) {
    return {
      test,
      status: "failed",
      seconds,
      summary: counted(problems.length, "problem"),
      notes: [],
      problems,
    };
  }
  return { test, status: skipped === undefined ? "passed" : "skipped", seconds, summary, notes, problems };
}

export function skipped(test: TestName, why: string): TestResult {
  return { test, status: "skipped", seconds: 0, summary: why, notes: [], problems: [] };
}

function brokenOff(cluster: string, test: TestName, error: unknown): Outcome {
  if (error instanceof ProblemsError) return { summary: "", problems: error.problems };
  const reason = messageOf(error);
  const problem: Problem = {
    rule: `live-${test}`,
    at: { definition: inDist(cluster), cluster },
    what: `the test broke off: ${reason}`,
    fix: "run it again with --only and this test; if it breaks off again, the cluster's API server or its reconciler does not answer",
  };
  return { summary: "", problems: [problem] };
}
