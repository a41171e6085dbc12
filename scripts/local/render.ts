import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ProblemsError } from "../../synth/model/problem.ts";
import type { Problem } from "../../synth/model/problem.ts";
import { field } from "../../synth/objects/json-fields.ts";
import { problemsIn } from "../output/problems-json.ts";
import { runProgram } from "../process/run-program.ts";
import { root } from "../root.ts";

/** Milliseconds: a synth takes a second, and a machine may be busy. */
const patience = 120_000;

/** What passes: another command is writing dist, such as a synth in another terminal. */
const passing: ReadonlySet<string> = new Set(["tree-locked", "tree-outdated"]);
const attempts = 5;
const pause = 1_000;

/**
 * Renders one cluster into dist, in a process of its own, since a process loads a definition once. Nothing is written
 * where something is wrong.
 *
 * @throws ProblemsError with what is wrong with the definitions
 */
export async function renderAnew(cluster: string): Promise<void> {
  const args = [join(root, "scripts/cli.ts"), "synth", "--cluster", cluster, "--json"];
  for (let attempt = 1; ; attempt += 1) {
    const { ok, stdout, reason } = await runProgram(process.execPath, args, {
      cwd: root,
      milliseconds: patience,
    });
    if (ok) return;
    const problems = toldBy(stdout) ?? [crashed(cluster, reason)];
    if (attempt === attempts || !problems.every(({ rule = "" }) => passing.has(rule))) {
      throw new ProblemsError(problems);
    }
    await sleep(pause);
  }
}

/** Undefined where it said none: it broke off. */
function toldBy(stdout: string): readonly Problem[] | undefined {
  try {
    return problemsIn(field(JSON.parse(stdout), "problems"));
  } catch {
    return undefined;
  }
}

function crashed(cluster: string, reason: string): Problem {
  return {
    rule: "local-render",
    at: { definition: "slipway synth", cluster },
    what: `it does not render: ${reason}`,
    fix: `npm run slipway -- synth --cluster ${cluster} says more`,
  };
}
